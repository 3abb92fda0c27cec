import { internalError, plainError } from '../../../apimachinery/errors';
import { deepEqual } from '../../../apimachinery/json';
import { invalid, type FieldError } from '../../../apimachinery/fielderror';
import type { Json, KubeObject } from '../../../apimachinery/object';
import { dryRunPorts, formatIPv4, parseIPv4, type PortPool } from '../../allocator';
import type { AddressPool } from '../../serviceaddresses';
import { settleFamilies } from './families';
import { allocatesNodePorts, needsClusterIP, needsHealthCheckNodePort, needsNodePort } from './needs';

/** What an allocation did, so that a failed write can give it back and a done one can release what it no longer needs. */
export interface Allocation {
  errors: FieldError[];
  /** Gives back everything that was taken: the write did not happen. */
  undo(): void;
  /** Releases what the old object had and the new one has not: the write happened. */
  finish(): void;
}

/**
 * Gives Services their addresses and node ports.
 * Upstream: pkg/registry/core/service/storage/{storage,alloc}.go; allocation comes before validation there too.
 */
export class ServiceAllocator {
  /** Tried writes take what real ones would be given, and give it back (Registry.rehearse). */
  rehearsing = false;

  constructor(
    private readonly addresses: AddressPool,
    private readonly ports: PortPool,
    /** For messages, e.g. `30000-32767`. */
    private readonly range: string,
    private readonly isDryRun = false,
  ) {}

  /** The allocator for a write that is only tried. */
  dryRun(): ServiceAllocator {
    if (this.rehearsing) return this;
    return new ServiceAllocator(this.addresses.dryRun(), dryRunPorts(this.ports), this.range, true);
  }

  /** Completes a new Service: ipFamilies, clusterIPs, node ports. Changes `object`. */
  forCreate(object: Json): Allocation {
    const spec = object.spec;
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
    return this.#allocate(spec, undefined, object.metadata.name);
  }

  /** Completes a changed Service: keeps what was allocated where it still fits. Changes `object`. */
  forUpdate(object: Json, old: KubeObject): Allocation {
    const spec = object.spec;
    const before = old.spec;
    keepAllocated(spec, before);
    if (spec.clusterIP !== before.clusterIP && deepEqual(spec.clusterIPs ?? [], before.clusterIPs ?? [])) {
      if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
      else delete spec.clusterIPs;
    }
    return this.#allocate(spec, before, object.metadata.name);
  }

  /** Frees everything a deleted Service had. */
  release(object: KubeObject): void {
    for (const address of object.spec?.clusterIPs ?? []) if (address !== 'None') this.addresses.release(parseIPv4(address));
    for (const port of nodePortsOf(object.spec)) this.ports.release(port);
  }

  #allocate(spec: Json, before: Json | undefined, name: string): Allocation {
    const taken: (() => void)[] = [];
    const released: (() => void)[] = [];
    const errors = settleFamilies(spec, before);
    const undo = () => taken.splice(0).forEach((giveBack) => giveBack());
    try {
      if (errors.length === 0) errors.push(...this.#clusterIPs(spec, before, name, taken, released));
      if (errors.length === 0) errors.push(...this.#nodePorts(spec, before, taken, released));
      if (errors.length === 0) this.#healthCheckNodePort(spec, before, taken, released);
    } catch (error) {
      undo();
      throw error;
    }
    if (errors.length > 0) undo();
    return { errors, undo, finish: () => released.forEach((release) => release()) };
  }

  #clusterIPs(spec: Json, before: Json | undefined, name: string, taken: (() => void)[], released: (() => void)[]): FieldError[] {
    const had: string[] =
      before && needsClusterIP(before) ? (before.clusterIPs ?? []).filter((address: string) => address !== 'None') : [];
    if (!needsClusterIP(spec)) {
      for (const address of had) released.push(() => this.addresses.release(parseIPv4(address)));
      return [];
    }
    const wanted: string | undefined = spec.clusterIPs?.[0];
    if (wanted === 'None' || (wanted && had.includes(wanted)) || (before && needsClusterIP(before) && wanted !== undefined))
      return [];
    if (wanted === undefined) {
      const free = this.addresses.takeAny();
      if (free === undefined) throw internalError(`failed to allocate a serviceIP for Service "${name}": range is full`);
      taken.push(() => this.addresses.release(free));
      if (!name && !this.isDryRun) return [namelessAddress('', formatIPv4(free))];
      spec.clusterIP = formatIPv4(free);
      spec.clusterIPs = [spec.clusterIP];
      return [];
    }
    const value = parseIPv4(wanted);
    const refused = this.addresses.take(value);
    if (refused !== undefined) return [invalid('spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: ${refused}`)];
    taken.push(() => this.addresses.release(value));
    return name || this.isDryRun ? [] : [namelessAddress(wanted, wanted)];
  }

  #nodePorts(spec: Json, before: Json | undefined, taken: (() => void)[], released: (() => void)[]): FieldError[] {
    const had = before ? portsOf(before) : [];
    if (needsNodePort(spec)) {
      const errors = before ? this.#changedNodePorts(spec, had, taken) : this.#newNodePorts(spec, taken);
      if (errors.length > 0) return errors;
    }
    const keeps = needsNodePort(spec) ? portsOf(spec) : [];
    for (const value of new Set(had)) if (!keeps.includes(value)) released.push(() => this.ports.release(value));
    return [];
  }

  /** Ports of one number share a node port, whatever their protocols. Upstream: initNodePorts. */
  #newNodePorts(spec: Json, taken: (() => void)[]): FieldError[] {
    const byPort = new Map<number, number>();
    const ports: Json[] = spec.ports ?? [];
    for (const [index, port] of ports.entries()) {
      if (!port.nodePort && !allocatesNodePorts(spec)) continue;
      const shared = byPort.get(port.port);
      if (shared === undefined) {
        const wanted: number | undefined = ports.find((other) => other.port === port.port && other.nodePort)?.nodePort;
        const got = this.#takePort(wanted, index, taken);
        if (typeof got !== 'number') return [got];
        port.nodePort = got;
        byPort.set(port.port, got);
      } else if (!port.nodePort) port.nodePort = shared;
      else if (port.nodePort !== shared) {
        const got = this.#takePort(port.nodePort, index, taken);
        if (typeof got !== 'number') return [got];
      }
    }
    return [];
  }

  /** Upstream: updateNodePorts. */
  #changedNodePorts(spec: Json, had: readonly number[], taken: (() => void)[]): FieldError[] {
    const allocated = new Set(had);
    const seen = new Set<string>();
    for (const [index, port] of ((spec.ports ?? []) as Json[]).entries()) {
      if (!port.nodePort && !allocatesNodePorts(spec)) continue;
      if (!port.nodePort || !allocated.has(port.nodePort)) {
        const got = this.#takePort(port.nodePort, index, taken);
        if (typeof got !== 'number') return [got];
        port.nodePort = got;
        allocated.add(got);
      }
      const pair = `${port.protocol} ${port.nodePort}`;
      if (seen.has(pair)) throw plainError(`duplicate nodePort: {${pair}}`);
      seen.add(pair);
    }
    return [];
  }

  /** Takes a node port, a random one when none is wanted. */
  #takePort(wanted: number | undefined, index: number, taken: (() => void)[]): number | FieldError {
    const field = `spec.ports[${index}].nodePort`;
    if (wanted && !this.ports.contains(wanted)) {
      return invalid(field, wanted, `provided port is not in the valid range. The range of valid ports is ${this.range}`);
    }
    if (wanted && !this.ports.take(wanted)) return invalid(field, wanted, 'provided port is already allocated');
    const value = wanted || this.ports.takeAny();
    if (value === undefined) throw internalError('failed to allocate a nodePort: range is full');
    taken.push(() => this.ports.release(value));
    return value;
  }

  #healthCheckNodePort(spec: Json, before: Json | undefined, taken: (() => void)[], released: (() => void)[]): void {
    const had: number | undefined = before?.healthCheckNodePort;
    if (!needsHealthCheckNodePort(spec)) {
      if (had !== undefined) released.push(() => this.ports.release(had));
      return;
    }
    if (had !== undefined && spec.healthCheckNodePort === undefined) spec.healthCheckNodePort = had;
    const wanted: number | undefined = spec.healthCheckNodePort;
    if (wanted !== undefined && wanted === had) return;
    if (wanted === undefined) {
      const value = this.ports.takeAny();
      if (value === undefined) throw internalError('failed to allocate a HealthCheck NodePort 0: range is full');
      taken.push(() => this.ports.release(value));
      spec.healthCheckNodePort = value;
      return;
    }
    // another one than it had: validation refuses that
    if (had !== undefined) return;
    const failed = `failed to allocate requested HealthCheck NodePort ${wanted}`;
    if (!this.ports.contains(wanted)) {
      throw internalError(`${failed}: provided port is not in the valid range. The range of valid ports is ${this.range}`);
    }
    if (!this.ports.take(wanted)) throw internalError(`${failed}: provided port is already allocated`);
    taken.push(() => this.ports.release(wanted));
  }
}

/** The IPAddress object of a Service without a name would have no parent. */
function namelessAddress(wanted: string, address: string): FieldError {
  const why = `IPAddress.networking.k8s.io "${address}" is invalid: spec.parentRef.name: Required value`;
  return invalid('spec.clusterIPs', [wanted], `failed to allocate IP${wanted && ` ${wanted}`}: ${why}`);
}

/** Node ports of a spec's ports, without the health check's. */
function portsOf(spec: Json): number[] {
  return (spec?.ports ?? []).map((port: Json) => port.nodePort).filter(Boolean);
}

function nodePortsOf(spec: Json): number[] {
  return [...new Set([...portsOf(spec), ...(spec?.healthCheckNodePort ? [spec.healthCheckNodePort] : [])])];
}

/** What a client left out and the old object has. Upstream: patchAllocatedValues. */
function keepAllocated(spec: Json, before: Json): void {
  if (needsClusterIP(before) && needsClusterIP(spec)) {
    spec.clusterIP ??= before.clusterIP;
    if (!spec.clusterIPs?.length) spec.clusterIPs = [...(before.clusterIPs ?? [])];
  }
  if (allocatesNodePorts(before) && allocatesNodePorts(spec)) {
    const now = new Set(portsOf(spec));
    const used = new Set(portsOf(before).filter((port) => now.has(port)));
    const byName = new Map<string, number>((before.ports ?? []).map((port: Json) => [port.name ?? '', port.nodePort]));
    for (const port of spec.ports ?? []) {
      if (port.nodePort) continue;
      const old = byName.get(port.name ?? '');
      if (old && !used.has(old)) {
        port.nodePort = old;
        used.add(old);
      }
    }
  }
  if (needsHealthCheckNodePort(before) && needsHealthCheckNodePort(spec)) spec.healthCheckNodePort ??= before.healthCheckNodePort;
}
