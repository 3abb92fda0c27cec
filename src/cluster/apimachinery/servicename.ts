import type { KubeObject } from './object';

/** The label by which an EndpointSlice says whose endpoints it holds. Upstream: discovery.LabelServiceName. */
export const SERVICE_NAME = 'kubernetes.io/service-name';

/** Those of the EndpointSlices that hold a Service's endpoints. Objects that name no namespace are in `default`. */
export function slicesOf<Slice extends KubeObject>({ metadata: service }: KubeObject, slices: readonly Slice[]): Slice[] {
  return slices.filter(
    ({ metadata }) =>
      metadata.labels?.[SERVICE_NAME] === service.name && (metadata.namespace ?? 'default') === (service.namespace ?? 'default'),
  );
}
