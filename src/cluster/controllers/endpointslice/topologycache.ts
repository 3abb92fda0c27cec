import type { Json, KubeObject } from '../../apimachinery/object';
import type { SliceChanges } from './distribute';

/** How much more than its share of the traffic an endpoint may get. */
const OVERLOAD = 0.2;

export const ZONE = 'topology.kubernetes.io/zone';
const EXCLUDED = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

export interface TopologyEvent {
  type: 'Normal' | 'Warning';
  reason: 'TopologyAwareHintsEnabled' | 'TopologyAwareHintsDisabled';
  message: string;
}

interface Allocation {
  minimum: number;
  maximum: number;
  desired: number;
}

/**
 * Zone hints in proportion to the zones' CPUs, for Services with the annotation `service.kubernetes.io/topology-mode: Auto`.
 * Upstream: k8s.io/endpointslice/topologycache.
 */
export class TopologyCache {
  /** Each zone's part of all CPUs; undefined when hints cannot be made. */
  #ratios: Map<string, number> | undefined;
  /** Hints by zone of each Service that has some. */
  readonly #hints = new Map<string, Map<string, number>>();

  setNodes(nodes: readonly KubeObject[]): void {
    const cpus = new Map<string, number>();
    let total = 0;
    this.#ratios = undefined;
    for (const node of nodes) {
      if (EXCLUDED.some((label) => node.metadata.labels?.[label] !== undefined) || !isNodeReady(node)) continue;
      const zone = node.metadata.labels?.[ZONE];
      const cpu = milliCPU(node.status?.allocatable?.cpu);
      if (!zone || cpu === 0) return;
      total += cpu;
      cpus.set(zone, (cpus.get(zone) ?? 0) + cpu);
    }
    if (cpus.size < 2) return;
    this.#ratios = new Map([...cpus].map(([zone, cpu]) => [zone, cpu / total]));
  }

  /** Services with a zone whose endpoints are too few for its part of the CPUs. */
  overloaded(): string[] {
    return [...this.#hints].filter(([, hints]) => this.#isOverloaded(hints)).map(([key]) => key);
  }

  #isOverloaded(hints: ReadonlyMap<string, number>): boolean {
    if (hints.size === 0) return false;
    if (!this.#ratios) return true;
    const total = [...hints.values()].reduce((sum, count) => sum + count, 0);
    return [...this.#ratios].some(
      ([zone, ratio]) => !hints.has(zone) || hints.get(zone)! < Math.ceil(total * ratio * (1 / (1 + OVERLOAD))),
    );
  }

  hasHints(service: string): boolean {
    return this.#hints.has(service);
  }

  /** Forgets the hints of a Service. */
  forget(service: string): void {
    this.#hints.delete(service);
  }

  /**
   * Puts hints on the endpoints of the slices in `changes` and takes up into them those of `unchanged` that need others.
   * Takes all hints away when they cannot be just. @returns what to tell about it
   */
  addHints(service: string, changes: SliceChanges, unchanged: readonly Json[]): TopologyEvent | undefined {
    const all = [...changes.create, ...changes.update, ...unchanged];
    const ready = all.flatMap(({ endpoints }) => endpoints ?? []).filter(isReady).length;
    const allocations = this.#allocations(ready);
    const disable = (why: string): TopologyEvent => {
      this.forget(service);
      removeHints(changes, unchanged);
      return { type: 'Warning', reason: 'TopologyAwareHintsDisabled', message: withAddressType(why) };
    };
    if (typeof allocations === 'string') return disable(allocations);

    const hints = new Map<string, number>();
    const stay: Json[] = [];
    for (const slice of unchanged) {
      const counted = hintsOf(slice, hints, allocations);
      if (!counted) changes.update.push({ ...slice, endpoints: [...slice.endpoints] });
      else {
        stay.push(slice);
        for (const [zone, count] of counted) hints.set(zone, (hints.get(zone) ?? 0) + count);
      }
    }
    const slices = [...changes.create, ...changes.update];
    for (const { endpoints } of slices) {
      for (const [index, endpoint] of endpoints.entries()) {
        if (!isReady(endpoint)) continue;
        if (!endpoint.zone) {
          this.forget(service);
          removeHints(changes, stay);
          const message = withAddressType('One or more endpoints do not have a zone specified');
          return { type: 'Warning', reason: 'TopologyAwareHintsDisabled', message };
        }
        hints.set(endpoint.zone, (hints.get(endpoint.zone) ?? 0) + 1);
        endpoints[index] = forZone(endpoint, endpoint.zone);
      }
    }
    const [giving, receiving] = givingAndReceiving(allocations, hints);
    redistribute(slices, giving, receiving, hints);
    const had = this.hasHints(service);
    this.#hints.set(service, hints);
    if (had) return undefined;
    const message = withAddressType('Topology Aware Hints has been enabled');
    return { type: 'Normal', reason: 'TopologyAwareHintsEnabled', message };
  }

  /** How many of the endpoints each zone should have, or why that cannot be said. */
  #allocations(endpoints: number): Map<string, Allocation> | string {
    const ratios = this.#ratios;
    if (!ratios) return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';
    const counts = `(${endpoints} endpoints, ${ratios.size} zones)`;
    if (ratios.size > endpoints) return `Insufficient number of endpoints ${counts}`;
    const allocations = new Map<string, Allocation>();
    let minimal = 0;
    for (const [zone, ratio] of ratios) {
      const desired = ratio * endpoints;
      const minimum = Math.ceil(desired * (1 / (1 + OVERLOAD)));
      allocations.set(zone, { minimum, maximum: 0, desired: Math.max(desired, minimum) });
      minimal += minimum;
      if (minimal > endpoints)
        return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${counts}`;
    }
    for (const allocation of allocations.values()) allocation.maximum = allocation.minimum + endpoints - minimal;
    return allocations;
  }
}

/** Takes the hints off all endpoints; unchanged slices that had some become changes. Upstream: RemoveHintsFromSlices. */
export function removeHints(changes: SliceChanges, unchanged: readonly Json[]): void {
  const hasHints = ({ hints }: Json) => hints !== undefined;
  for (const slice of unchanged) if (slice.endpoints?.some(hasHints)) changes.update.push({ ...slice });
  for (const slice of [...changes.create, ...changes.update])
    slice.endpoints = (slice.endpoints ?? []).map(({ hints: _, ...endpoint }: Json) => endpoint);
}

/** The event's text; every Service here is IPv4. */
export const withAddressType = (text: string): string => `${text}, addressType: IPv4`;

const isReady = (endpoint: Json): boolean => endpoint.conditions?.ready === true;

const forZone = (endpoint: Json, name: string): Json => ({ ...endpoint, hints: { forZones: [{ name }] } });

/** How many hints each zone has in a slice; undefined when they need to change. Upstream: getHintsByZone. */
function hintsOf(
  slice: Json,
  allocated: ReadonlyMap<string, number>,
  allocations: ReadonlyMap<string, Allocation>,
): Map<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const endpoint of (slice.endpoints ?? []).filter(isReady)) {
    const zones: Json[] = endpoint.hints?.forZones ?? [];
    if (zones.length === 0 || zones.some(({ name }) => !allocations.has(name))) return undefined;
    for (const { name } of zones) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const tooMany = [...counts].some(([zone, count]) => count + (allocated.get(zone) ?? 0) > allocations.get(zone)!.maximum);
  return tooMany ? undefined : counts;
}

/** How many endpoints each zone should give to others, and get from them. Upstream: getGivingAndReceivingZones. */
function givingAndReceiving(
  allocations: ReadonlyMap<string, Allocation>,
  hints: ReadonlyMap<string, number>,
): [giving: Map<string, number>, receiving: Map<string, number>] {
  const surplus = new Map<string, number>();
  const lack = new Map<string, number>();
  for (const [zone, { desired }] of allocations) {
    const difference = (hints.get(zone) ?? 0) - desired;
    if (difference > 0) surplus.set(zone, difference);
    else if (difference < 0) lack.set(zone, -difference);
  }
  const giving = new Map<string, number>();
  const receiving = new Map<string, number>();
  for (;;) {
    const [giver, give] = most(surplus);
    const [receiver, receive] = most(lack);
    if (giver === undefined || receiver === undefined) break;
    if ((give < 1 && receive < 1) || give < 0.5 || receive < 0.5) break;
    giving.set(giver, (giving.get(giver) ?? 0) + 1);
    surplus.set(giver, give - 1);
    receiving.set(receiver, (receiving.get(receiver) ?? 0) + 1);
    lack.set(receiver, receive - 1);
  }
  return [giving, receiving];
}

function most(zones: ReadonlyMap<string, number>): [zone: string | undefined, number: number] {
  let best: [string | undefined, number] = [undefined, 0];
  for (const [zone, number] of zones) if (number > best[1]) best = [zone, number];
  return best;
}

/** Hints endpoints of giving zones to receiving ones and counts that in `hints`. */
function redistribute(
  slices: readonly Json[],
  giving: Map<string, number>,
  receiving: Map<string, number>,
  hints: Map<string, number>,
): void {
  const less = (map: Map<string, number>, zone: string) => {
    const left = map.get(zone)! - 1;
    if (left === 0) map.delete(zone);
    else map.set(zone, left);
  };
  for (const { endpoints } of slices) {
    for (const [index, endpoint] of (endpoints as Json[]).entries()) {
      const [receiver] = receiving.keys();
      if (receiver === undefined) return;
      if (!isReady(endpoint) || !giving.has(endpoint.zone)) continue;
      endpoints[index] = forZone(endpoint, receiver);
      less(giving, endpoint.zone);
      less(receiving, receiver);
      hints.set(receiver, (hints.get(receiver) ?? 0) + 1);
      hints.set(endpoint.zone, hints.get(endpoint.zone)! - 1);
    }
  }
}

export function isNodeReady(node: KubeObject): boolean {
  return (node.status?.conditions ?? []).some(({ type, status }: Json) => type === 'Ready' && status === 'True');
}

/** Thousandths of a CPU; 0 when there is no such quantity. */
function milliCPU(quantity: string | number | undefined): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d*)?(?:[eE]\d+)?)([numk]?)$/.exec(String(quantity ?? '')) ?? [];
  const factors: Record<string, number> = { n: 1e-6, u: 1e-3, m: 1, '': 1000, k: 1e6 };
  return number === undefined ? 0 : Number(number) * factors[unit]!;
}
