import { clone } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { parseTime, rfc3339 } from '../apimachinery/time';
import { parseCIDR, parseIPv4 } from '../apiserver/allocator';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { isManagedByAllocator } from './ipaddress';
import { WorkQueue } from './workqueue';

export const SERVICE_CIDR_FINALIZER = 'networking.k8s.io/service-cidr-finalizer';

/** ms for which a range that nobody needs stays after its deletion, so that all API servers know that it is going. */
const GRACE = 10_000;

const IN_USE = 'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR';

/** Keeps ServiceCIDRs while addresses of theirs are in use. Upstream: pkg/controller/servicecidrs. */
export class ServiceCIDRController {
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    const { client, clock } = context;
    this.#queue = new WorkQueue(clock, 'servicecidr', CONTROLLER_LATENCY, (name) => this.#sync(name));
    client.watch('servicecidrs', (type, object) => {
      this.#queue.add(object.metadata.name);
      if (type !== 'ADDED') return;
      for (const other of client.list('servicecidrs')) if (overlap(other, object)) this.#queue.add(other.metadata.name);
    });
    client.watch('ipaddresses', (type, address) => {
      if (type === 'MODIFIED' || !isManagedByAllocator(address)) return;
      // it matters only to ranges that are to go
      for (const range of client.list('servicecidrs'))
        if (range.metadata.deletionTimestamp && holds(range, address)) this.#queue.add(range.metadata.name);
    });
  }

  #sync(name: string): void {
    const { client, clock } = this.context;
    const range = client.get('servicecidrs', undefined, name);
    if (!range) return;
    const { deletionTimestamp, finalizers = [] } = range.metadata;
    if (!deletionTimestamp) {
      if (!finalizers.includes(SERVICE_CIDR_FINALIZER)) this.#setFinalizers(range, [...finalizers, SERVICE_CIDR_FINALIZER]);
      setReady(this.context, name, { status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' });
      return;
    }
    if (!this.#canGo(range)) {
      setReady(this.context, name, { status: 'False', reason: 'Terminating', message: IN_USE });
      return;
    }
    const left = GRACE - (clock.now() - parseTime(deletionTimestamp));
    if (left > 0) this.#queue.addAfter(name, left);
    else if (finalizers.includes(SERVICE_CIDR_FINALIZER))
      this.#setFinalizers(
        range,
        finalizers.filter((finalizer) => finalizer !== SERVICE_CIDR_FINALIZER),
      );
  }

  /** Whether no address would be left without a range. Upstream: canDeleteCIDR. */
  #canGo(range: KubeObject): boolean {
    const { client } = this.context;
    const others = client.list('servicecidrs').filter((other) => other !== range);
    const all = cidrsOf(range);
    if (all.every((cidr) => others.some((other) => cidrsOf(other).some((outer) => contains(outer, cidr))))) return true;
    const used = client.list('ipaddresses').filter((address) => isManagedByAllocator(address) && holds(range, address));
    return used.every((address) => others.some((other) => holds(other, address)));
  }

  #setFinalizers(range: KubeObject, finalizers: string[]): void {
    const changed = clone(range) as KubeObject;
    changed.metadata.finalizers = finalizers;
    this.context.client.update('servicecidrs', changed);
  }
}

/** ms between the API server's looks at its own ServiceCIDR. */
const INTERVAL = 10_000;

/** The ServiceCIDR of the API server's flags. */
const DEFAULT = 'kubernetes';

/** Makes the ServiceCIDR `kubernetes` again when it is gone. Upstream: pkg/controlplane/controller/defaultservicecidr. */
export class DefaultServiceCIDRController {
  constructor(context: ControllerContext, serviceCIDR: string) {
    const { client, clock } = context;
    const queue = new WorkQueue(clock, 'kubernetes-service-cidr-controller', 0, () => {
      if (client.get('servicecidrs', undefined, DEFAULT)) return;
      client.create('servicecidrs', { metadata: { name: DEFAULT }, spec: { cidrs: [serviceCIDR] } });
      setReady(context, DEFAULT, { status: 'True', reason: '', message: 'Kubernetes default Service CIDR is ready' });
    });
    client.watch('servicecidrs', (type, { metadata }) => {
      if (type === 'DELETED' && metadata.name === DEFAULT) queue.addAfter(DEFAULT, INTERVAL - (clock.now() % INTERVAL));
    });
  }
}

function setReady({ client, clock }: ControllerContext, name: string, wanted: Json): void {
  const range = client.get('servicecidrs', undefined, name)!;
  const conditions: Json[] = range.status?.conditions ?? [];
  const old = conditions.find(({ type }) => type === 'Ready');
  if (old?.status === wanted.status && old?.message === wanted.message) return;
  const ready = { type: 'Ready', status: wanted.status, lastTransitionTime: rfc3339(clock.now()), ...wanted };
  const others = conditions.filter((condition) => condition !== old);
  client.updateStatus('servicecidrs', { metadata: range.metadata, status: { ...range.status, conditions: [...others, ready] } });
}

const cidrsOf = ({ spec }: KubeObject): string[] => (spec.cidrs ?? []).filter((cidr: string) => !cidr.includes(':'));

function contains(outer: string, inner: string): boolean {
  const [a, b] = [parseCIDR(outer), parseCIDR(inner)];
  return a.network <= b.network && b.network + b.size <= a.network + a.size;
}

function overlap(a: KubeObject, b: KubeObject): boolean {
  return cidrsOf(a).some((one) => cidrsOf(b).some((other) => contains(one, other) || contains(other, one)));
}

/** Neither the network's own nor the broadcast address is a Service's. Upstream: servicecidr.PrefixContainsIP. */
function holds(range: KubeObject, { metadata }: KubeObject): boolean {
  const address = parseIPv4(metadata.name);
  return cidrsOf(range).some((cidr) => {
    const { network, size } = parseCIDR(cidr);
    return address > network && address < network + size - 1;
  });
}
