import type { KubeObject } from '../cluster/apimachinery/object';
import { SERVICE_NAME } from '../cluster/apimachinery/servicename';
import type { Client } from '../cluster/apiserver/client';
import { servicePorts } from '../cluster/kube-proxy/service';

/** Services as kube-proxy sees them: tells the changes that make it write rules from those that do not concern it. */
export class ProxiedServices {
  /** What kube-proxy knows of a Service, by `NAMESPACE/NAME`. */
  private readonly seen = new Map<string, string>();

  /** Without a client it knows of no Service yet. */
  constructor(client?: Client) {
    for (const { metadata } of client?.list('services') ?? []) {
      const key = `${metadata.namespace}/${metadata.name}`;
      this.seen.set(key, this.look(client!, metadata.namespace ?? '', metadata.name));
    }
  }

  /** `NAMESPACE/NAME` of the Service whose rules a change of that object changes; undefined when there are none. */
  changedBy(resource: string, { metadata }: KubeObject, client: Client): string | undefined {
    const name =
      resource === 'services' ? metadata.name : resource === 'endpointslices' ? metadata.labels?.[SERVICE_NAME] : undefined;
    if (name === undefined) return undefined;
    const key = `${metadata.namespace}/${name}`;
    const known = this.look(client, metadata.namespace ?? '', name);
    const before = this.seen.get(key) ?? nothing;
    this.seen.set(key, known);
    return known === before ? undefined : key;
  }

  private look(client: Client, namespace: string, name: string): string {
    const service = client.get('services', namespace, name);
    if (!service) return nothing;
    const slices = client.list('endpointslices', namespace).filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === name);
    return JSON.stringify(servicePorts(service, slices));
  }
}

const nothing = '[]';
