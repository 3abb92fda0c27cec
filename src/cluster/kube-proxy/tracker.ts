import type { Client } from '../apiserver/client';
import type { KubeObject } from '../apimachinery/object';
import { type ServicePort, servicePorts } from './service';

const SERVICE_NAME = 'kubernetes.io/service-name';

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
  #all: readonly ServicePort[] | undefined;
  /** Grows with each change: whoever made rules of an older version makes them again. */
  version = 1;

  constructor(client: Client) {
    for (const service of client.list('services')) this.#service('ADDED', service);
    for (const slice of client.list('endpointslices')) this.#slice('ADDED', slice);
    client.watch('services', (type, object) => this.#service(type, object));
    client.watch('endpointslices', (type, object, old) => {
      if (old && ownerOf(old) !== ownerOf(object)) this.#slice('DELETED', old);
      this.#slice(type, object);
    });
  }

  /** All Service ports, ordered by namespace and name of their Service. */
  ports(): readonly ServicePort[] {
    if (!this.#all) {
      const keys = [...this.#services.keys()].sort();
      this.#all = keys.flatMap((key) => {
        const tracked = this.#services.get(key)!;
        return (tracked.ports ??= tracked.service ? servicePorts(tracked.service, [...tracked.slices.values()]) : []);
      });
    }
    return this.#all;
  }

  #service(type: string, service: KubeObject): void {
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    const tracked = this.#tracked(key);
    tracked.service = type === 'DELETED' ? undefined : service;
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
    if (!tracked) this.#services.set(key, (tracked = { service: undefined, slices: new Map(), ports: undefined }));
    return tracked;
  }

  #changed(key: string, tracked: Tracked): void {
    tracked.ports = undefined;
    if (!tracked.service && tracked.slices.size === 0) this.#services.delete(key);
    this.#all = undefined;
    this.version++;
  }
}

function ownerOf(slice: KubeObject): string | undefined {
  const name = slice.metadata.labels?.[SERVICE_NAME];
  return name === undefined ? undefined : `${slice.metadata.namespace}/${name}`;
}
