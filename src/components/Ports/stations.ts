import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Loss, Packet, Trace } from '../../cluster/linux/trace';
import { slicesOf } from '../../lab/behind';
import type { LabSnapshot, NodeRules } from '../../lab/types';
import { externalAddresses, ownerOf, targetPortOf, type ServicePort } from '../Rules/owner';
import { kindOf, type RuleKind } from '../Rules/kinds';
import { readRules } from '../Rules/ruleset';
import { endpoint } from '../trace/endpoint';
import { stepsOf } from '../trace/steps';
import type { PortKey } from './manifestPorts';

/** One Service port in the cluster. */
export interface LivePort {
  readonly service: KubeObject;
  readonly index: number;
  readonly port: ServicePort;
}

export function livePort(snapshot: LabSnapshot, name: string, index: number): LivePort | undefined {
  const service = snapshot.services.find(
    ({ metadata }) => metadata.name === name && (metadata.namespace ?? 'default') === 'default',
  );
  const port: ServicePort | undefined = service?.spec?.ports?.[index];
  return service && port && { service, index, port };
}

/** The number as the live object has it; undefined when it has none. */
export function liveNumber({ port }: LivePort, key: PortKey): string | undefined {
  if (key === 'targetPort') return targetPortOf(port);
  return port[key] ? String(port[key]) : undefined;
}

const kindsOf: Record<PortKey, readonly RuleKind[]> = {
  nodePort: ['nodePort'],
  port: ['clusterIP'],
  targetPort: ['dnat', 'dnatSticky', 'spreadDnat'],
};
const FRAGMENT: Record<PortKey, RegExp> = {
  nodePort: /--dport \d+|\w+ \. \d+(?= :)/,
  port: /--dport \d+|[\d.]+ \. \w+ \. \d+(?= :)/,
  targetPort: /--to-destination \S+|[\d.]+ \. \d+|dnat to \S+/,
};

export interface InRule {
  readonly chain: string;
  /** The part of the rule that has the number. */
  readonly fragment: string;
  readonly rule: string;
}

/** The rule of a node in which the number stands; with several pods, the one of the pod at `address`. */
export function inRule(
  rules: NodeRules,
  { service, index }: LivePort,
  key: PortKey,
  services: readonly KubeObject[],
  address?: string,
): InRule | undefined {
  const found: InRule[] = [];
  for (const chain of readRules(rules).flatMap(({ chains }) => chains)) {
    for (const line of chain.lines) {
      const kind = kindOf(line, chain);
      if (!kind || !kindsOf[key].includes(kind)) continue;
      const owner = ownerOf(line, chain, services);
      const [fragment] = FRAGMENT[key].exec(line.text) ?? [];
      if (fragment !== undefined && owner?.service === service && owner.index === index)
        found.push({ chain: chain.name, fragment, rule: line.text });
    }
  }
  return found.find(({ fragment }) => address !== undefined && fragment.includes(`${address}:`)) ?? found[0];
}

/** Addresses at which somebody may try a number of the Service. */
function addressesOf(snapshot: LabSnapshot, { service }: LivePort, key: PortKey): string[] {
  if (key === 'targetPort') return snapshot.pods.flatMap(({ status }) => status?.podIP ?? []);
  // The Service's port on a node's address is what many try first; it shows how that ends.
  const own = [service.spec?.clusterIP, ...externalAddresses(service)].filter((ip): ip is string => Boolean(ip));
  const nodes = snapshot.nodes.flatMap(({ status }) =>
    ((status?.addresses ?? []) as { address: string }[]).map(({ address }) => address),
  );
  return key === 'port' ? [...own, ...nodes] : nodes;
}

/** Whether a packet called the Service port, or tried to, by a number that it has now. */
export function callsService(trace: Trace, snapshot: LabSnapshot, live: LivePort): boolean {
  return (['nodePort', 'port'] as const).some(
    (key) =>
      liveNumber(live, key) === String(trace.destinationPort) && addressesOf(snapshot, live, key).includes(trace.destination),
  );
}

export interface InHop {
  /** Index of the step. */
  readonly step: number;
  /** `ip:port` */
  readonly destination: string;
  /** The packet ended while it had this destination. */
  readonly loss?: Loss;
}

/** The first step of the request at which the packet has the number as its destination port. */
export function inHop(
  trace: Trace,
  snapshot: LabSnapshot,
  live: LivePort,
  key: PortKey,
  sockets: readonly Socket[],
): InHop | undefined {
  const addresses = addressesOf(snapshot, live, key);
  const number = key === 'targetPort' ? undefined : liveNumber(live, key);
  const has = ({ destination, destinationPort }: Packet) =>
    addresses.includes(destination) &&
    (number === undefined
      ? sockets.some((socket) => socket.address === destination && socket.port === destinationPort)
      : String(destinationPort) === number);
  const steps = stepsOf(trace);
  const step = steps.findIndex(({ direction, after }) => direction === 'request' && has(after));
  if (step < 0) return undefined;
  const { destination, destinationPort } = steps[step]!.after;
  const loss = steps.find((one) => one.loss && has(one.before))?.loss;
  return { step, destination: endpoint(destination, destinationPort), ...(loss && { loss }) };
}

export interface Socket {
  readonly pod: string;
  readonly address: string;
  readonly port: number;
}

interface Slice {
  endpoints?: { addresses?: string[]; targetRef?: { name?: string }; conditions?: { ready?: boolean } }[];
  ports?: { name?: string; port?: number }[];
}

/** Where the Service port's packets end: the ready pods behind it, by address and port. */
export function socketsOf(snapshot: LabSnapshot, { service, port }: LivePort): Socket[] {
  return slicesOf(service, snapshot.endpointSlices).flatMap((object) => {
    const slice = object as unknown as Slice;
    const number = slice.ports?.find(({ name = '' }) => name === (port.name ?? ''))?.port;
    if (number === undefined) return [];
    return (slice.endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false)
      .flatMap(({ addresses = [], targetRef }) =>
        addresses.map((address) => ({ pod: targetRef?.name ?? address, address, port: number })),
      );
  });
}

/** How the packet ended at a pod: taken by a socket, or lost there. */
export function endAt(trace: Trace): { host: string; loss?: Loss } | undefined {
  const end = trace.hops.findLast(({ direction, stage }) => direction === 'request' && (stage === 'deliver' || stage === 'loss'));
  return end?.host.startsWith('pod:') ? { host: end.host, ...(end.loss && { loss: end.loss }) } : undefined;
}
