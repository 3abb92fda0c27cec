import type { KubeObject } from '../../cluster/apimachinery/object';
import { matchesMap } from '../../cluster/apimachinery/selector';
import type { Trace } from '../../cluster/linux/trace';
import { slicesOf } from '../behind';
import type { Evidence, Seen } from './types';

/** A program of a command line and where it runs. */
export interface Call {
  argv: readonly string[];
  place: string;
}

const keywords = new Set(['do', 'then', 'else', 'while', 'until', 'if', 'time', 'sudo', '(', '{', '!']);

const wordsOf = (text: string): string[] =>
  text
    .replace(/['"]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');

/** What `kubectl exec … -- PROGRAM` or `ssh NODE PROGRAM` runs, and where. */
function unwrap(argv: readonly string[], place: string): Call {
  const start = argv.findIndex((word) => !keywords.has(word));
  const words = argv.slice(Math.max(0, start));
  if (words[0] === 'ssh' && words[1] !== undefined && words.length > 2)
    return unwrap(words.slice(2), words[1].startsWith('node') ? `node:${words[1]}` : words[1]);
  const end = words.indexOf('--');
  if (words[0] === 'kubectl' && words.includes('exec') && end > 0) {
    const flags = words.slice(0, end);
    const namespace = flags.find((_, index) => /^(-n|--namespace)$/.test(flags[index - 1] ?? '')) ?? 'default';
    const pod = flags
      .slice(flags.indexOf('exec') + 1)
      .find((word, index, all) => !word.startsWith('-') && !/^(-n|--namespace|-c|--container)$/.test(all[index - 1] ?? ''));
    return unwrap(words.slice(end + 1), `pod:${namespace}/${pod ?? ''}`);
  }
  const inner = /^(sh|bash|ash)$/.test(words[0] ?? '') ? words.indexOf('-c') : -1;
  return inner > 0 ? unwrap(words.slice(inner + 1), place) : { argv: words, place };
}

/** The programs of the command line, in the order they stand. A rough reading: enough to tell which program was meant. */
export function callsOf({ command, place }: Pick<Evidence, 'command' | 'place'>): Call[] {
  let here = place;
  let quoted = false;
  return command.split(/\|\||&&|[|;\n]|\$\(/).map((segment) => {
    const call = unwrap(wordsOf(segment), here);
    const odd = (segment.match(/['"]/g) ?? []).length % 2 === 1;
    if (odd) quoted = !quoted;
    // What stands between the quotes of `sh -c "…; …"` runs where sh runs.
    here = quoted ? call.place : place;
    return call;
  });
}

/** A port of a Service as the API keeps it. */
export interface ServicePort {
  name?: string;
  protocol: string;
  port: number;
  targetPort: number | string;
  nodePort?: number;
}

export const portsOf = (service: KubeObject): ServicePort[] => (service.spec?.ports as ServicePort[] | undefined) ?? [];

export const nodeAddresses = ({ nodes }: Seen): string[] =>
  nodes.flatMap((node) =>
    ((node.status?.addresses ?? []) as { type: string; address: string }[])
      .filter(({ type }) => type === 'InternalIP')
      .map(({ address }) => address),
  );

const ingressOf = (service: KubeObject): string[] =>
  ((service.status?.loadBalancer?.ingress ?? []) as { ip?: string }[]).flatMap(({ ip }) => ip ?? []);

export interface Target {
  service: KubeObject;
  port: ServicePort;
  through: 'clusterIP' | 'nodePort' | 'ingress';
}

/** The Service and the port that a connection was opened to; undefined when there is none. */
export function targetOf(trace: Trace, seen: Seen): Target | undefined {
  const { destination, destinationPort, protocol } = trace;
  const isNode = nodeAddresses(seen).includes(destination);
  for (const service of seen.services) {
    for (const port of portsOf(service)) {
      if (port.protocol !== protocol) continue;
      if (port.port === destinationPort && service.spec?.clusterIP === destination)
        return { service, port, through: 'clusterIP' };
      if (port.port === destinationPort && ingressOf(service).includes(destination)) return { service, port, through: 'ingress' };
      if (isNode && port.nodePort === destinationPort) return { service, port, through: 'nodePort' };
    }
  }
  return undefined;
}

/** The pods that a Service's selector matches; none without a selector. */
export function selectedPods(service: KubeObject, { pods }: Seen): KubeObject[] {
  const selector = (service.spec?.selector ?? {}) as Record<string, string>;
  if (Object.keys(selector).length === 0) return [];
  const { namespace } = service.metadata;
  return pods.filter(({ metadata }) => metadata.namespace === namespace && matchesMap(selector, metadata.labels));
}

interface Endpoint {
  addresses: string[];
  nodeName?: string;
  conditions?: { ready?: boolean; terminating?: boolean };
}

export function readyEndpoints(service: KubeObject, { endpointSlices }: Seen): Endpoint[] {
  const endpoints = slicesOf(service, endpointSlices).flatMap((slice) => (slice.endpoints ?? []) as Endpoint[]);
  return endpoints.filter(({ conditions }) => conditions?.ready !== false);
}

/** Services that this action made or whose spec it changed. */
export const touchedServices = ({ before, after }: Evidence): KubeObject[] =>
  after.services.filter((service) => {
    const was = before.services.find(({ metadata }) => metadata.uid === service.metadata.uid);
    return !was || JSON.stringify(was.spec) !== JSON.stringify(service.spec);
  });

/** A pod's namespace as a place says it: `pod:shop/client` is in `shop`. */
export const namespaceOf = (place: string): string | undefined => /^pod:([^/]+)\//.exec(place)?.[1];

/** From outside the cluster: the laptop, another machine of the cloud. */
export const isOutside = (place: string): boolean => !/^(pod|node):/.test(place);
