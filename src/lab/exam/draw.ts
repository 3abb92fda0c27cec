import { Random } from '../../cluster/random';

const namespaces = [
  'bakery',
  'bank',
  'cinema',
  'clinic',
  'farm',
  'garage',
  'harbor',
  'hotel',
  'library',
  'museum',
  'school',
  'studio',
  'theater',
  'zoo',
];
const apps = [
  'billing',
  'cart',
  'catalog',
  'chat',
  'feed',
  'inbox',
  'ledger',
  'orders',
  'photos',
  'pricing',
  'quotes',
  'reviews',
  'search',
  'stock',
  'tickets',
  'wiki',
];
const containerPorts = [3000, 5000, 5601, 7070, 8080, 8081, 8090, 9292];
const servicePorts = [80, 81, 800, 1080, 8000, 8800, 9000];

/** What an exam's tasks are made of, drawn from its seed: no name and no node port twice in one exam. */
export class Draw {
  private readonly random: Random;
  private readonly namespaces: string[];
  private readonly apps: string[];
  private readonly nodePorts = new Set<number>();

  constructor(seed: number) {
    this.random = new Random(seed);
    this.namespaces = this.shuffled(namespaces);
    this.apps = this.shuffled(apps);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.random.integer(of.length)]!;
  }

  shuffled<T>(of: readonly T[]): T[] {
    const rest = [...of];
    return of.map(() => rest.splice(this.random.integer(rest.length), 1)[0]!);
  }

  /** A namespace that no other task has. */
  namespace(): string {
    return this.namespaces.pop()!;
  }

  /** A program's name that no other task has. */
  app(): string {
    return this.apps.pop()!;
  }

  /** A port to listen on: never one of `servicePort`. */
  containerPort(): number {
    return this.pick(containerPorts);
  }

  /** Another one. */
  containerPortBut(port: number): number {
    return this.pick(containerPorts.filter((other) => other !== port));
  }

  servicePort(): number {
    return this.pick(servicePorts);
  }

  /** A port from 30100 to 32699, apart from the others of this exam. */
  nodePort(): number {
    for (;;) {
      const port = 30100 + this.random.integer(2600);
      if (this.nodePorts.has(port)) continue;
      this.nodePorts.add(port);
      return port;
    }
  }
}
