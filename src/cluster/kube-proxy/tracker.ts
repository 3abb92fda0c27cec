import { SERVICE_NAME } from '../apimachinery/servicename';
import type { Client } from '../apiserver/client';
import { deepEqual } from '../apimachinery/json';
import type { KubeObject } from '../apimachinery/object';
import { type ServicePort, servicePorts } from './service';

/** Changes that are told apart: a node that is not looked at for longer makes all of its rules anew. */
const MAX_LOG = 20_000;

const HEADLESS = 'service.kubernetes.io/headless';
/** A Service with this label is another proxy's. */
const PROXY_NAME = 'service.kubernetes.io/service-proxy-name';

interface Tracked {
  service: KubeObject | undefined;
  readonly slices: Map<string, KubeObject>;
  ports: readonly ServicePort[] | undefined;
}

/**
 * Services and EndpointSlices as every kube-proxy sees them. Changes only mark what they touch: creating many Services stays cheap,
 * the work is done when somebody looks. kube-proxy: pkg/proxy/servicechangetracker.go, endpointschangetracker.go
 */
export class ServiceTracker {
  readonly #services = new Map<string, Tracked>();
  #keys: readonly string[] | undefined;
  #all: readonly ServicePort[] | undefined;
  /** Services by their health check port. */
  #healthChecked: ReadonlyMap<number, string> | undefined;
  /** Keys of Services that changed, one for each version from `#first` on. */
  #log: string[] = [];
  #first = 1;

  constructor(client: Client) {
    for (const service of client.list('services')) this.#service('ADDED', service);
    for (const slice of client.list('endpointslices')) this.#slice('ADDED', slice);
    client.watch('services', (type, object) => this.#service(type, object));
    client.watch('endpointslices', (type, object, old) => {
      if (old && ownerOf(old) !== ownerOf(object)) this.#slice('DELETED', old);
      this.#slice(type, object);
    });
  }

  /** Grows with each change: whoever made rules of an older version makes some of them again. */
  get version(): number {
    return this.#first + this.#log.length;
  }

  /** Services that changed since that version; undefined: too many to tell. */
  changedSince(version: number): ReadonlySet<string> | undefined {
    return version < this.#first ? undefined : new Set(this.#log.slice(version - this.#first));
  }

  /** `NAMESPACE/NAME` of all Services, in order. */
  keys(): readonly string[] {
    return (this.#keys ??= [...this.#services.keys()].sort());
  }

  portsOf(key: string): readonly ServicePort[] {
    const tracked = this.#services.get(key);
    if (!tracked) return [];
    return (tracked.ports ??= tracked.service ? servicePorts(tracked.service, [...tracked.slices.values()]) : []);
  }

  /** All Service ports, ordered by namespace and name of their Service. */
  ports(): readonly ServicePort[] {
    return (this.#all ??= this.keys().flatMap((key) => this.portsOf(key)));
  }

  /** The ports of the Service that has that healthCheckNodePort. */
  healthChecked(port: number): readonly ServicePort[] {
    if (!this.#healthChecked) {
      const found = new Map<number, string>();
      for (const [key, { service }] of this.#services) {
        const own = service?.spec.healthCheckNodePort;
        if (own) found.set(own, key);
      }
      this.#healthChecked = found;
    }
    const key = this.#healthChecked.get(port);
    return key === undefined ? [] : this.portsOf(key);
  }

  #service(type: string, service: KubeObject): void {
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    const tracked = this.#tracked(key);
    const old = tracked.service;
    tracked.service = type === 'DELETED' || PROXY_NAME in (service.metadata.labels ?? {}) ? undefined : service;
    // ServiceChangeTracker.Update: what makes no other port of a Service, an annotation for one, is no change
    if (old && tracked.service && deepEqual(old.spec, service.spec) && deepEqual(old.status, service.status)) return;
    if (old?.spec.healthCheckNodePort !== tracked.service?.spec.healthCheckNodePort) this.#healthChecked = undefined;
    this.#changed(key, tracked);
  }

  #slice(type: string, slice: KubeObject): void {
    const owner = ownerOf(slice);
    if (owner === undefined) return;
    const tracked = this.#tracked(owner);
    if (type === 'DELETED') tracked.slices.delete(slice.metadata.name);
    else tracked.slices.set(slice.metadata.name, slice);
    this.#changed(owner, tracked);
  }

  #tracked(key: string): Tracked {
    let tracked = this.#services.get(key);
    if (!tracked) {
      this.#services.set(key, (tracked = { service: undefined, slices: new Map(), ports: undefined }));
      this.#keys = undefined;
    }
    return tracked;
  }

  #changed(key: string, tracked: Tracked): void {
    tracked.ports = undefined;
    if (!tracked.service && tracked.slices.size === 0) {
      this.#services.delete(key);
      this.#keys = undefined;
    }
    this.#all = undefined;
    this.#log.push(key);
    if (this.#log.length > MAX_LOG) {
      this.#first += this.#log.length;
      this.#log = [];
    }
  }
}

/** kube-proxy asks for slices without the label of headless Services only. Upstream: cmd/kube-proxy/app/server.go, Run */
function ownerOf(slice: KubeObject): string | undefined {
  const labels = slice.metadata.labels ?? {};
  const name = HEADLESS in labels ? undefined : labels[SERVICE_NAME];
  return name === undefined ? undefined : `${slice.metadata.namespace}/${name}`;
}
