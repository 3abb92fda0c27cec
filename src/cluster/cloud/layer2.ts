import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { deepEqual } from '../apimachinery/json';
import type { KubeObject } from '../apimachinery/object';
import { SERVICE_NAME, slicesOf } from '../apimachinery/servicename';
import type { ControllerContext } from '../controllers/context';
import { objectKey, splitKey, WorkQueue } from '../controllers/workqueue';
import type { Network } from '../network';
import { isExcludedFromBalancers } from './excluded-nodes';

/** ms from a change to what MetalLB makes of it. */
const LATENCY = 300;
/** Addresses of the nodes' own network that it may hand out. */
const POOL = { prefix: '192.168.0.', first: 240, last: 250 };
/** Asks for an address; before it was `metallb.universe.tf/loadBalancerIPs`. */
const ADDRESS = 'metallb.io/loadBalancerIPs';

/**
 * Gives LoadBalancer Services addresses of the nodes' own network and answers ARP for each from one node: no machine in between, so the
 * client's address arrives at the node. With externalTrafficPolicy Local only nodes with a ready endpoint are asked.
 * Upstream: metallb/metallb, internal/allocator and speaker/layer2_controller.go.
 */
export class Layer2 {
  readonly #given = new Map<string, string>();
  readonly #announcing = new Map<string, string>();
  readonly #queue: WorkQueue;

  constructor(
    private readonly context: ControllerContext,
    private readonly network: Pick<Network, 'announce'>,
  ) {
    const { client, clock } = context;
    this.#queue = new WorkQueue(clock, 'metallb', LATENCY, (key) => this.#sync(key));
    client.watch('services', (_type, service) => this.#queue.add(objectKey(service)));
    client.watch('endpointslices', (_type, { metadata }) => {
      const service = metadata.labels?.[SERVICE_NAME];
      if (service !== undefined && this.#given.has(`${metadata.namespace}/${service}`))
        this.#queue.add(`${metadata.namespace}/${service}`);
    });
    // speakers look at all their Services again when the nodes change
    client.watch('nodes', (type, node, old) => {
      if (type === 'MODIFIED' && isExcludedFromBalancers(node) === isExcludedFromBalancers(old)) return;
      for (const key of this.#given.keys()) this.#queue.add(key);
    });
  }

  #sync(key: string): void {
    const { client, recorder } = this.context;
    const { namespace, name } = splitKey(key);
    const service = client.get('services', namespace, name);
    // a class is for somebody else
    if (service?.spec.type !== 'LoadBalancer' || service.spec.loadBalancerClass || service.metadata.deletionTimestamp) {
      this.#release(key, service);
      return;
    }
    const wanted: string | undefined = service.metadata.annotations?.[ADDRESS] ?? service.spec.loadBalancerIP;
    if (wanted && this.#given.has(key) && this.#given.get(key) !== wanted) {
      // that writes its status, and the Service comes here again without an address
      this.#release(key, service);
      return;
    }
    const known = this.#given.get(key);
    const { ip, error } = known === undefined ? this.#allocate(key, wanted) : { ip: known };
    if (ip === undefined) {
      const message = `Failed to allocate IP for "${key}": ${error}`;
      recorder.event(service, 'Warning', 'AllocationFailed', message, { component: 'metallb-controller' });
      return;
    }
    if (known === undefined) {
      this.#given.set(key, ip);
      recorder.event(service, 'Normal', 'IPAllocated', `Assigned IP ["${ip}"]`, { component: 'metallb-controller' });
    }
    const loadBalancer = { ingress: [{ ip, ipMode: 'VIP' }] };
    if (!deepEqual(service.status?.loadBalancer, loadBalancer))
      client.updateStatus('services', { ...service, status: { ...service.status, loadBalancer } });
    this.#announce(service, ip);
  }

  /** Upstream: internal/allocator/allocator.go, Assign and Allocate */
  #allocate(key: string, wanted: string | undefined): { ip: string; error?: undefined } | { ip?: undefined; error: string } {
    const owner = (ip: string) => [...this.#given].find(([, given]) => given === ip)?.[0];
    const pool = Array.from({ length: POOL.last - POOL.first + 1 }, (_, index) => `${POOL.prefix}${POOL.first + index}`);
    if (!wanted) {
      const ip = pool.find((each) => owner(each) === undefined);
      return ip === undefined ? { error: 'no available IPs' } : { ip };
    }
    if (!pool.includes(wanted)) return { error: `["${wanted}"] is not allowed in config` };
    const other = owner(wanted);
    return other === undefined
      ? { ip: wanted }
      : { error: `can't change sharing key for "${key}", address also in use by ${other}` };
  }

  /** One node speaks for the address: the first by a hash of its name and the address, among those that may. */
  #announce(service: KubeObject, ip: string): void {
    const { client, recorder } = this.context;
    const slices = slicesOf(service, client.list('endpointslices', service.metadata.namespace));
    const ready = slices.flatMap((slice) =>
      (slice.endpoints ?? []).filter(({ conditions }: KubeObject['spec']) => conditions?.ready !== false),
    );
    const withEndpoint = new Set(ready.map(({ nodeName }) => nodeName));
    const local = service.spec.externalTrafficPolicy === 'Local';
    const candidates = client
      .list('nodes')
      .filter((node) => !isExcludedFromBalancers(node))
      .map(({ metadata }) => metadata.name)
      .filter((node) => (local ? withEndpoint.has(node) : ready.length > 0));
    const hash = (node: string) => bytesToHex(sha256(utf8ToBytes(`${node}#${ip}`)));
    const [speaker] = candidates.sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
    if (this.#announcing.get(ip) === speaker) return;
    this.network.announce(ip, speaker === undefined ? null : `node:${speaker}`);
    if (speaker === undefined) this.#announcing.delete(ip);
    else {
      this.#announcing.set(ip, speaker);
      const message = `announcing from node "${speaker}" with protocol "layer2"`;
      recorder.event(service, 'Normal', 'nodeAssigned', message, { component: 'metallb-speaker', host: speaker });
    }
  }

  #release(key: string, service: KubeObject | undefined): void {
    const ip = this.#given.get(key);
    if (ip === undefined) return;
    this.#given.delete(key);
    if (this.#announcing.delete(ip)) this.network.announce(ip, null);
    if (service && !service.metadata.deletionTimestamp)
      this.context.client.updateStatus('services', { ...service, status: { ...service.status, loadBalancer: {} } });
  }
}
