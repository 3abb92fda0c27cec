import { clone, deepEqual } from '../apimachinery/json';
import type { KubeObject } from '../apimachinery/object';
import type { ControllerContext } from '../controllers/context';
import { objectKey, splitKey, WorkQueue } from '../controllers/workqueue';

const SOURCE = { component: 'service-controller' };
const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** ms between tries to make a balancer (minRetryDelay, maxRetryDelay). */
const MIN_RETRY = 5000;
const MAX_RETRY = 300_000;

/** A cloud's load balancers, as the service controller uses them. */
export interface Cloud {
  /** The address of the Service's balancer. Throws Error with the cloud's words when it cannot make one. */
  ensure(service: KubeObject): string;
  remove(namespace: string, name: string): void;
}

/**
 * Gives LoadBalancer Services a balancer and an address, and takes both away.
 * Upstream: k8s.io/cloud-provider/controllers/service.
 */
export class ServiceController {
  readonly #queue: WorkQueue;
  /** ms before the next try, by Service that failed. */
  readonly #delays = new Map<string, number>();
  #running = false;

  /** @param provisioning ms the cloud takes to make a balancer */
  constructor(
    private readonly context: ControllerContext,
    private readonly cloud: Cloud,
    private readonly provisioning: number,
  ) {
    this.#queue = new WorkQueue(context.clock, 'service-controller', 100, (key) => this.#sync(key));
    context.clock.register('cloud', (key) => this.#provisioned(key));
    context.client.watch('services', (_type, service, old) => {
      if (!old || needsUpdate(service, old)) this.#queue.add(objectKey(service));
    });
  }

  /** Looks at every Service there is, and from now on at each change. */
  start(): void {
    this.#running = true;
    for (const service of this.context.client.list('services')) this.#queue.add(objectKey(service));
  }

  stop(): void {
    this.#running = false;
  }

  #sync(key: string): void {
    if (!this.#running) return;
    const { namespace, name } = splitKey(key);
    const { client, recorder } = this.context;
    const service = client.get('services', namespace, name);
    if (!service) {
      this.cloud.remove(namespace, name);
      this.#delays.delete(key);
      return;
    }
    const wants = wantsBalancer(service) && !service.metadata.deletionTimestamp;
    const has = service.metadata.finalizers?.includes(FINALIZER) ?? false;
    if (wants) {
      recorder.event(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer', SOURCE);
      if (!has) client.update('services', withFinalizer(service, true));
      const known = service.status?.loadBalancer?.ingress?.length > 0;
      this.context.clock.schedule('cloud', key, known ? 0 : this.provisioning);
    } else if (has) {
      recorder.event(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer', SOURCE);
      this.cloud.remove(namespace, name);
      let current = client.get('services', namespace, name)!;
      if (current.status?.loadBalancer?.ingress)
        current = client.updateStatus('services', { ...current, status: { ...current.status, loadBalancer: {} } });
      client.update('services', withFinalizer(current, false));
      recorder.event(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer', SOURCE);
    }
  }

  #provisioned(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client, recorder } = this.context;
    const service = this.#running ? client.get('services', namespace, name) : undefined;
    if (!service || service.metadata.deletionTimestamp || !wantsBalancer(service)) return;
    try {
      const ip = this.cloud.ensure(service);
      const loadBalancer = { ingress: [{ ip, ipMode: 'VIP' }] };
      if (!deepEqual(service.status?.loadBalancer, loadBalancer))
        client.updateStatus('services', { ...service, status: { ...service.status, loadBalancer } });
      recorder.event(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer', SOURCE);
      this.#delays.delete(key);
    } catch (error) {
      const message = `Error syncing load balancer: failed to ensure load balancer: ${(error as Error).message}`;
      recorder.event(service, 'Warning', 'SyncLoadBalancerFailed', message, SOURCE);
      const delay = this.#delays.get(key) ?? MIN_RETRY;
      this.#delays.set(key, Math.min(delay * 2, MAX_RETRY));
      this.#queue.addAfter(key, delay);
    }
  }
}

/** Services with a class of their own are left to another controller. */
function wantsBalancer(service: KubeObject): boolean {
  return service.spec.type === 'LoadBalancer' && !service.spec.loadBalancerClass;
}

/** Whether a change concerns the balancer; the controller's own writes (status, finalizer) do not. */
function needsUpdate(service: KubeObject, old: KubeObject): boolean {
  const part = ({ spec, metadata }: KubeObject) => [spec, metadata.annotations, metadata.uid, metadata.deletionTimestamp];
  return !deepEqual(part(service), part(old));
}

function withFinalizer(service: KubeObject, present: boolean): KubeObject {
  const copy = clone(service) as KubeObject;
  const others = (copy.metadata.finalizers ?? []).filter((name) => name !== FINALIZER);
  copy.metadata.finalizers = present ? [...others, FINALIZER] : others;
  return copy;
}
