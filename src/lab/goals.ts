import type { Json } from '../cluster/apimachinery/object';
import { Files } from '../shell/files';
import { Machines } from '../shell/machines';
import { lookUp } from '../shell/resolver';
import type { World } from '../shell/world';
import type { Check, Goal, GoalState } from './types';

/** Resources whose path is not /api/v1/namespaces/NAMESPACE/RESOURCE. */
const groups: Record<string, string> = {
  deployments: '/apis/apps/v1',
  replicasets: '/apis/apps/v1',
  endpointslices: '/apis/discovery.k8s.io/v1',
};
const unscoped = new Set(['nodes', 'namespaces']);

/**
 * Whether a goal is reached now. Its probes leave nothing behind: no trace of the learner's, no conntrack entry.
 */
export function evaluateGoal(world: World, goal: Goal): GoalState {
  for (const check of goal.checks) {
    const state = check.kind === 'object' ? evaluateObject(world, check) : evaluateProbe(world, check);
    if (!state.passed) return { goal, passed: false, failedCheck: check, ...(state.trace ? { trace: state.trace } : {}) };
  }
  return { goal, passed: true };
}

function get(world: World, resource: string, namespace: string | undefined, name: string): Json | undefined {
  const base = groups[resource] ?? '/api/v1';
  const scope = unscoped.has(resource) ? '' : `/namespaces/${namespace ?? 'default'}`;
  const response = world.api.handle({ method: 'GET', path: `${base}${scope}/${resource}/${name}` });
  return response.status === 200 ? response.body : undefined;
}

function evaluateObject(world: World, check: Extract<Check, { kind: 'object' }>): { passed: boolean; trace?: undefined } {
  let value: Json = get(world, check.resource, check.namespace, check.name);
  for (const key of check.path) value = value?.[key];
  const there =
    'equals' in check
      ? JSON.stringify(value) === JSON.stringify(check.equals)
      : value !== undefined && value !== null && value !== '';
  return { passed: there !== (check.absent ?? false) };
}

function evaluateProbe(
  world: World,
  check: Extract<Check, { kind: 'probe' }>,
): { passed: boolean; trace?: NonNullable<GoalState['trace']> } {
  const from = hostOf(world, check.from);
  const address = from && addressOf(world, check.address, from);
  if (address === undefined || from === undefined) return { passed: false };
  const request = { from, protocol: check.protocol, address, port: check.port, probe: true };
  const result = world.network.connect({ ...request, trace: false });
  const kept = !check.sourceKept || addressesOf(world, from).includes(result.sourceSeen ?? '');
  if (result.outcome === check.outcome && kept) return { passed: true };
  const { trace } = world.network.connect(request);
  return { passed: false, ...(trace ? { trace } : {}) };
}

/** `pod:default/client`, or the same by a Deployment's first pod: `pod:default/web-*`. */
function hostOf(world: World, from: string): string | undefined {
  const hosts = world.network.hosts();
  if (!from.endsWith('*')) return hosts.includes(from) ? from : undefined;
  return hosts.find((host) => host.startsWith(from.slice(0, -1)));
}

/** The host's own IPv4 addresses. */
const addressesOf = (world: World, host: string): string[] => world.network.ipAddr(host).match(/\d+(\.\d+){3}(?=\/)/g) ?? [];

function addressOf(world: World, address: string, from: string): string | undefined {
  if (address.startsWith('name:')) return lookUpAddress(world, address.slice('name:'.length), from);
  const place = /^(service|ingress|pod):([^/]+)\/(.+)$/.exec(address);
  if (!place) return address;
  const [, kind, namespace, name = ''] = place;
  if (kind === 'pod') return get(world, 'pods', namespace, name)?.status?.podIP;
  const service = get(world, 'services', namespace, name);
  const found: unknown = kind === 'service' ? service?.spec?.clusterIP : service?.status?.loadBalancer?.ingress?.[0]?.ip;
  return typeof found === 'string' && found !== 'None' ? found : undefined;
}

/** What the resolver of a host finds for a name, by the files that its node gives it. */
function lookUpAddress(world: World, name: string, from: string): string | undefined {
  const found = lookUp(world, new Machines(new Files('/'), world).at(from), name, true);
  return 'addresses' in found ? found.addresses[0] : undefined;
}
