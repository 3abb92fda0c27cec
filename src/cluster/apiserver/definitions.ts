import type { Json } from '../apimachinery/object';

/** A schema of OpenAPI v3. */
export type Definition = Record<string, Json>;

/** The types of the Kubernetes API by their names in OpenAPI documents: `io.k8s.api.core.v1.ServicePort`. */
export type Definitions = Readonly<Record<string, Definition>>;

let source: () => Definitions | undefined = () => undefined;

/**
 * Says where the definitions come from. They weigh more than the whole simulator and are the same for every cluster, so they are not a
 * part of it. `from` is asked whenever a client wants them, and answers undefined until it has them.
 */
export function provideDefinitions(from: () => Definitions | undefined): void {
  source = from;
}

export const definitions = (): Definitions | undefined => source();
