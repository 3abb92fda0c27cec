import type { KubeObject } from '../cluster/apimachinery/object';
import type { Client } from '../cluster/apiserver/client';
import type { Trace } from '../cluster/linux/trace';
import type { Action } from './log';
import { ProxiedServices } from './proxied';

/** One thing that happened in a lab. Times are virtual ms since the epoch; ids count up. */
export type Moment = { readonly id: number; readonly time: number } & (
  | { readonly kind: 'action'; readonly action: Action }
  | {
      readonly kind: 'write';
      readonly verb: 'create' | 'update' | 'delete';
      readonly resource: string;
      readonly namespace?: string;
      readonly name: string;
      /** Field manager that wrote, e.g. `kubelet`, `kubectl-client-side-apply`; a deletion does not tell. */
      readonly by?: string;
    }
  /** kube-proxy writes rules for a Service, on every node. */
  | { readonly kind: 'sync'; readonly service: string }
  | { readonly kind: 'event'; readonly type: string; readonly reason: string; readonly message: string; readonly about: string }
  | { readonly kind: 'packet'; readonly trace: Trace }
);

type NewMoment = Moment extends infer One ? (One extends Moment ? Omit<One, 'id' | 'time'> : never) : never;

/** The cluster as figures show it, at one time. The objects are shared with the store: a state costs four arrays. */
export interface LabState {
  readonly time: number;
  readonly nodes: readonly KubeObject[];
  readonly pods: readonly KubeObject[];
  readonly services: readonly KubeObject[];
  readonly endpointSlices: readonly KubeObject[];
}

const limit = 1000;
const watched = [
  'configmaps',
  'deployments',
  'endpoints',
  'endpointslices',
  'events',
  'namespaces',
  'nodes',
  'pods',
  'replicasets',
  'secrets',
  'services',
];

/** Resources whose changes make a new state. */
const pictured = new Set(['nodes', 'pods', 'services', 'endpointslices']);

interface WriterSource {
  readonly managers: { writerOf(object: KubeObject): string | undefined };
}

/** Keeps what happens in a cluster from the moment it is attached. */
export class Timeline {
  private list: readonly Moment[] = [];
  private states: LabState[] = [];
  private nextId = 1;
  private proxied = new ProxiedServices();

  constructor(private readonly now: () => number) {}

  get moments(): readonly Moment[] {
    return this.list;
  }

  /** Begins anew with this cluster. Returns the function that stops it. */
  attach(client: Client & WriterSource): () => void {
    this.list = [];
    this.states = [stateOf(client, this.now())];
    this.proxied = new ProxiedServices(client);
    const stops = watched.map((resource) =>
      client.watch(resource, (type, object) => {
        this.add(
          resource === 'events' && type !== 'DELETED'
            ? eventMoment(object)
            : writeMoment(type, resource, object, client.managers.writerOf(object)),
        );
        const service = this.proxied.changedBy(resource, object, client);
        if (service !== undefined) this.addSync(service);
        if (pictured.has(resource)) this.keepState(client);
      }),
    );
    return () => stops.forEach((stop) => stop());
  }

  /** An action is entered when it begins, so that what follows from it comes after it. */
  add(moment: NewMoment): void {
    const time = this.now();
    this.list = [...this.list, { id: this.nextId++, time, ...moment }].slice(-limit);
  }

  /** What changes at one time is written at once. */
  private addSync(service: string): void {
    const time = this.now();
    this.list = this.list.filter((one) => one.kind !== 'sync' || one.time !== time || one.service !== service);
    this.add({ kind: 'sync', service });
  }

  /** Keeps the state as it is now; states of the same time are one, but for the first, which is what the learner found. */
  private keepState(client: Client): void {
    const state = stateOf(client, this.now());
    if (this.states.length > 1 && this.states.at(-1)?.time === state.time) this.states.pop();
    this.states = [...this.states, state].slice(-limit);
  }

  /** The cluster at a time: the last state before or at it, the first one for earlier times. */
  stateAt(time: number): LabState {
    const state = this.states.findLast((one) => one.time <= time) ?? this.states[0];
    if (!state) throw new Error('a timeline without a cluster');
    return { ...state, time };
  }
}

function stateOf(client: Client, time: number): LabState {
  return {
    time,
    nodes: client.list('nodes'),
    pods: client.list('pods'),
    services: client.list('services'),
    endpointSlices: client.list('endpointslices'),
  };
}

const verbs = { ADDED: 'create', MODIFIED: 'update', DELETED: 'delete' } as const;

function writeMoment(
  type: keyof typeof verbs,
  resource: string,
  object: KubeObject,
  by: string | undefined,
): NewMoment & { kind: 'write' } {
  const { namespace, name } = object.metadata;
  return {
    kind: 'write',
    verb: verbs[type],
    resource,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(by !== undefined && type !== 'DELETED' && { by }),
  };
}

function eventMoment(event: KubeObject): NewMoment & { kind: 'event' } {
  const { kind, name } = event.involvedObject as { kind: string; name: string };
  return { kind: 'event', type: event.type, reason: event.reason, message: event.message, about: `${kind}/${name}` };
}
