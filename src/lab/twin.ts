import type { Trace } from '../cluster/linux/trace';
import type { KubeObject } from '../cluster/apimachinery/object';
import { slicesOf } from './behind';
import { whileTimePasses } from './drive';
import type { Lab, LabSnapshot } from './types';

/** A connection that can be made again. */
export interface Request {
  readonly from: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly address: string;
  readonly port: number;
}

/** Virtual ms after the change until the connections are made: controllers, kube-proxy and the cloud are done by then. */
const wait = 6000;
/** A change that takes longer is given up, virtual ms. */
const patience = 60_000;
/** How many connections are made in both runs. */
const most = 14;
/** Nodes that are asked, of those with pods of the Service and of those without. */
const nodesEach = 3;

/** Makes the same connections in two runs, at the same virtual time, when both have come to rest. */
function askBoth(lab: Lab, twin: Lab, requests: readonly Request[]): void {
  const time = Math.max(lab.getSnapshot().time, twin.getSnapshot().time) + wait;
  for (const one of [lab, twin]) {
    one.advance(time - one.getSnapshot().time);
    for (const request of requests) connect(one, request);
  }
}

/**
 * The same lab again, with one command line more, run where this lab is now; then the same connections are made in both, at the same
 * virtual time. Who gets the second lab disposes of it. Of a command that fails, only its words come back.
 */
export async function twinWith(
  lab: Lab,
  line: string,
  requests: readonly Request[],
): Promise<{ twin: Lab } | { failure: string }> {
  const twin = lab.twin(lab.saved());
  try {
    await twin.ready;
    const ended = await whileTimePasses(twin, twin.runApart(line), patience);
    if (ended?.exit === 0) {
      askBoth(lab, twin, requests);
      return { twin };
    }
    twin.dispose();
    return { failure: ended ? ended.stderr.trim() : `still running after ${patience / 1000} s` };
  } catch (error) {
    twin.dispose();
    throw error;
  }
}

function connect(lab: Lab, request: Request): void {
  try {
    lab.connect({ ...request, idle: true });
  } catch {
    // The sender is not in this run: there is no connection to compare.
  }
}

const isRequest = (trace: Trace): trace is Trace & { protocol: 'TCP' | 'UDP' } =>
  trace.protocol === 'TCP' || trace.protocol === 'UDP';
const keyOf = ({ from, protocol, address, port }: Request): string => `${from} ${protocol} ${address}:${port}`;

/** What is worth asking in both runs: the learner's latest connections, then every way in from outside to the Services given. */
export function requestsOf(snapshot: LabSnapshot, services: readonly KubeObject[]): Request[] {
  const made = snapshot.traces
    .filter(isRequest)
    .map(({ from, protocol, destination, destinationPort }): Request => {
      return { from, protocol, address: destination, port: destinationPort };
    })
    .reverse();
  const found = new Map<string, Request>();
  for (const request of made) if (found.size < most / 2) found.set(keyOf(request), request);
  const entrances = services.flatMap((service) => entrancesOf(service, snapshot));
  for (const request of entrances) if (found.size < most) found.set(keyOf(request), request);
  return [...found.values()];
}

/** The first port of a Service at each address it has outside the cluster: its balancer, and some of the nodes. */
function entrancesOf(service: KubeObject, { nodes, endpointSlices }: LabSnapshot): Request[] {
  const port = service.spec?.ports?.find((one: { protocol?: string }) => one.protocol !== 'SCTP');
  if (!port) return [];
  const protocol = port.protocol === 'UDP' ? 'UDP' : 'TCP';
  const balancers = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }: { ip?: string }) =>
    ip ? [{ from: 'internet', protocol, address: ip, port: port.port } as const] : [],
  );
  if (!port.nodePort) return balancers;
  const hosting = new Set(
    slicesOf(service, endpointSlices).flatMap(({ endpoints = [] }) =>
      endpoints.map(({ nodeName }: { nodeName?: string }) => nodeName),
    ),
  );
  const some = [true, false].flatMap((has) =>
    nodes.filter(({ metadata }) => hosting.has(metadata.name) === has).slice(0, nodesEach),
  );
  return [
    ...some.flatMap((node): Request[] => {
      const addresses: { type: string; address: string }[] = node.status?.addresses ?? [];
      const address = addresses.find(({ type }) => type === 'InternalIP')?.address;
      return address ? [{ from: 'internet', protocol, address, port: port.nodePort }] : [];
    }),
    ...balancers,
  ];
}
