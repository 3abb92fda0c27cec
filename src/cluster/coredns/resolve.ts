import type { Json, KubeObject } from '../apimachinery/object';
import type { Client } from '../apiserver/client';

/** What a look-up of a name gives. `cname`: the name it is an alias of, when that leads out of the cluster. */
export type Answer =
  { addresses: string[]; name: string } | { cname: string; name: string } | { error: 'NXDOMAIN'; name: string };

const ZONE = 'cluster.local';

/**
 * Answers A queries for names of the cluster's zone from Services and their EndpointSlices, and applies the resolver's search path.
 * Upstream: coredns/plugin/kubernetes, and the Kubernetes DNS specification 1.1.0.
 */
export class CoreDNS {
  constructor(private readonly client: Client) {}

  /**
   * Resolves `name` as a program on `from` would: `pod:NAMESPACE/NAME` through its resolv.conf (search path, ndots:5), other machines
   * through their hosts file only, since the cluster's DNS serves pods.
   */
  resolve(from: string, name: string): Answer {
    const asked = name.replace(/\.$/, '');
    if (asked === 'localhost') return { addresses: ['127.0.0.1'], name };
    const pod = /^pod:([^/]+)\/(.+)$/.exec(from);
    if (!pod) return this.#hosts(asked);
    const [, namespace, podName] = pod as unknown as [string, string, string];
    const self = this.client.get('pods', namespace, podName);
    if (asked === podName && self?.status?.podIP) return { addresses: [self.status.podIP], name: asked };
    for (const candidate of candidates(name, namespace)) {
      const answer = this.query(candidate);
      if (!('error' in answer)) return answer;
    }
    return { error: 'NXDOMAIN', name: asked };
  }

  /** One A query for a fully qualified name, without the last dot. */
  query(name: string): Answer {
    const labels = name.split('.');
    if (!name.endsWith(`.${ZONE}`)) return { error: 'NXDOMAIN', name };
    const inZone = labels.slice(0, -2);
    if (inZone.pop() !== 'svc') return { error: 'NXDOMAIN', name };
    const [namespace, serviceName, endpoint, ...more] = inZone.reverse();
    const service = namespace && serviceName ? this.client.get('services', namespace, serviceName) : undefined;
    if (!service || more.length > 0) return { error: 'NXDOMAIN', name };
    if (service.spec.type === 'ExternalName')
      return endpoint ? { error: 'NXDOMAIN', name } : { cname: service.spec.externalName, name };
    if (service.spec.clusterIP !== 'None') {
      return endpoint ? { error: 'NXDOMAIN', name } : { addresses: [service.spec.clusterIP], name };
    }
    const addresses = this.#endpoints(service)
      .filter(({ hostname, addresses: [address] }) => !endpoint || endpoint === (hostname ?? address.replaceAll('.', '-')))
      .flatMap((entry) => entry.addresses as string[]);
    return addresses.length > 0 ? { addresses, name } : { error: 'NXDOMAIN', name };
  }

  #endpoints(service: KubeObject): Json[] {
    return this.client
      .list('endpointslices', service.metadata.namespace)
      .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name)
      .flatMap((slice) => slice.endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false);
  }

  #hosts(name: string): Answer {
    const node = this.client.get('nodes', undefined, name);
    const address = node?.status?.addresses?.find(({ type }: Json) => type === 'InternalIP')?.address;
    if (address) return { addresses: [address], name };
    if (name === 'vm') return { addresses: ['192.168.0.50'], name };
    return { error: 'NXDOMAIN', name };
  }
}

/** Names to ask for, in order: with fewer than five dots the search path comes first. */
function candidates(name: string, namespace: string): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const search = [`${namespace}.svc.${ZONE}`, `svc.${ZONE}`, ZONE].map((suffix) => `${name}.${suffix}`);
  return name.split('.').length - 1 >= 5 ? [name, ...search] : [...search, name];
}
