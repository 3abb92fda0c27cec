import type { Json, KubeObject } from '../apimachinery/object';

const DOMAIN = 'cluster.local';
/** What a node's own resolv.conf names: nobody answers DNS there in this simulator. */
const UPSTREAM = '192.168.0.1';

/** The files that the kubelet writes into every container. @param clusterDNS the address of the cluster's DNS Service */
export function podFiles(pod: KubeObject, clusterDNS: string): Record<string, string> {
  return {
    '/etc/hostname': `${hostnameOf(pod)}\n`,
    '/etc/hosts': hosts(pod),
    '/etc/resolv.conf': resolvConf(pod, clusterDNS),
  };
}

/** The name that the pod's programs take for their machine's. */
export function hostnameOf(pod: KubeObject): string {
  if (pod.spec.hostNetwork) return pod.spec.nodeName;
  return (pod.spec.hostname ?? pod.metadata.name).slice(0, 63);
}

/** Upstream: pkg/kubelet/network/dns, GetPodDNS and appendDNSConfig. */
function resolvConf({ spec, metadata }: KubeObject, clusterDNS: string): string {
  const policy: string = spec.dnsPolicy === 'ClusterFirst' && spec.hostNetwork ? 'Default' : (spec.dnsPolicy ?? 'ClusterFirst');
  const fromCluster = policy === 'ClusterFirst' || policy === 'ClusterFirstWithHostNet';
  const extra: Json = spec.dnsConfig ?? {};
  const servers = fromCluster ? [clusterDNS] : policy === 'Default' ? [UPSTREAM] : [];
  const search = fromCluster ? [`${metadata.namespace}.svc.${DOMAIN}`, `svc.${DOMAIN}`, DOMAIN] : [];
  const options = new Map<string, string | undefined>(fromCluster ? [['ndots', '5']] : []);
  for (const { name, value } of extra.options ?? []) options.set(name, value);
  const nameservers = [...new Set<string>([...servers, ...(extra.nameservers ?? [])])];
  const searches = [...new Set<string>([...search, ...(extra.searches ?? [])])];
  const written = [...options].map(([name, value]) => (value === undefined || value === '' ? name : `${name}:${value}`));
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}\n`] : []),
    ...nameservers.map((server) => `nameserver ${server}\n`),
    ...(written.length > 0 ? [`options ${written.join(' ')}\n`] : []),
  ].join('');
}

/** Upstream: pkg/kubelet/kubelet_pods.go, managedHostsFileContent. */
function hosts(pod: KubeObject): string {
  const { spec, metadata, status } = pod;
  const name = hostnameOf(pod);
  const names = spec.subdomain ? [`${name}.${spec.subdomain}.${metadata.namespace}.svc.${DOMAIN}`, name] : [name];
  const aliases = (spec.hostAliases ?? []).map(({ ip, hostnames = [] }: Json) => `${[ip, ...hostnames].join('\t')}\n`);
  return [
    '# Kubernetes-managed hosts file.\n',
    '127.0.0.1\tlocalhost\n',
    '::1\tlocalhost ip6-localhost ip6-loopback\n',
    'fe00::0\tip6-localnet\n',
    'fe00::0\tip6-mcastprefix\n',
    'fe00::1\tip6-allnodes\n',
    'fe00::2\tip6-allrouters\n',
    ...(spec.hostNetwork ? [] : [`${[status?.podIP ?? '', ...names].join('\t')}\n`]),
    ...(aliases.length > 0 ? ['\n# Entries added by HostAliases.\n', ...aliases] : []),
  ].join('');
}
