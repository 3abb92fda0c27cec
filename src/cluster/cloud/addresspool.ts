import type { KubeObject } from '../apimachinery/object';
import type { Cloud } from './service-controller';

/** A cloud that only hands out addresses. */
export interface AddressPoolOptions {
  /** The first address; the next ones count up in its last part and are not given twice. */
  first: string;
  /** The cloud's words when it will not make a balancer for a Service. */
  refuses?: (service: KubeObject) => string | undefined;
}

/** Gives each balancer the next address of a pool, or the one the Service asks for. No packets go through it. */
export class AddressPool implements Cloud {
  readonly #given = new Map<string, string>();
  readonly #prefix: string;
  #next: number;

  constructor(private readonly options: AddressPoolOptions) {
    const dot = options.first.lastIndexOf('.');
    this.#prefix = options.first.slice(0, dot + 1);
    this.#next = Number(options.first.slice(dot + 1));
  }

  ensure(service: KubeObject): string {
    const refusal = this.options.refuses?.(service);
    if (refusal !== undefined) throw new Error(refusal);
    const id = `${service.metadata.namespace}/${service.metadata.name}`;
    const address: string = service.spec.loadBalancerIP ?? this.#given.get(id) ?? this.#take();
    this.#given.set(id, address);
    return address;
  }

  remove(namespace: string, name: string): void {
    this.#given.delete(`${namespace}/${name}`);
  }

  #take(): string {
    if (this.#next > 254) throw new Error('no more addresses in the pool');
    return this.#prefix + String(this.#next++);
  }
}
