import { seedOf } from '../exam/name';
import type { Scenario } from '../types';
import { playground, playgroundOptions } from './playground';

/** A page fetches the scenario it needs, not those of the whole course. */
const loaders: Readonly<Record<string, () => Promise<Scenario>>> = {
  home: async () => (await import('./home')).home,
  'why-services': async () => (await import('./why-services')).whyServices,
  clusterip: async () => (await import('./clusterip')).clusterip,
  nodeport: async () => (await import('./nodeport')).nodeport,
  loadbalancer: async () => (await import('./loadbalancer')).loadbalancer,
  'reading-services': async () => (await import('./reading-services')).readingServices,
  endpoints: async () => (await import('./endpoints')).endpoints,
  dns: async () => (await import('./dns')).dns,
  packet: async () => (await import('./packet')).packet,
  'kube-proxy': async () => (await import('./kube-proxy')).kubeProxy,
  ports: async () => (await import('./ports')).ports,
  'source-ip': async () => (await import('./source-ip')).sourceIp,
  affinity: async () => (await import('./affinity')).affinity,
  'ending-pods': async () => (await import('./ending-pods')).endingPods,
  'loadbalancer-practice': async () => (await import('./loadbalancer-practice')).loadbalancerPractice,
  'other-services': async () => (await import('./other-services')).otherServices,
  'access-ways': async () => (await import('./access-ways')).accessWays,
  'lab-selector': async () => (await import('./lab-selector')).labSelector,
  'lab-target-port': async () => (await import('./lab-target-port')).labTargetPort,
  'lab-named-port': async () => (await import('./lab-named-port')).labNamedPort,
  'lab-not-ready': async () => (await import('./lab-not-ready')).labNotReady,
  'lab-pending': async () => (await import('./lab-pending')).labPending,
  'lab-local': async () => (await import('./lab-local')).labLocal,
  'lab-namespace': async () => (await import('./lab-namespace')).labNamespace,
  'lab-port-taken': async () => (await import('./lab-port-taken')).labPortTaken,
  'cheat-sheet': async () => (await import('./cheat-sheet')).cheatSheet,
  'port-table': async () => (await import('./port-table')).portTable,
  'service-fields': async () => (await import('./service-fields')).serviceFields,
  catalogue: async () => (await import('./catalogue')).catalogue,
};

/** The scenarios that have a name of their own; exams and playgrounds are named after what they are made of. */
export const scenarioNames: string[] = Object.keys(loaders);

/** The scenario of that name, fetched when it is first asked for; rejects with RangeError when there is none. */
export async function loadScenario(name: string): Promise<Scenario> {
  const options = playgroundOptions(name);
  if (options) return playground(options);
  const seed = seedOf(name);
  if (seed !== undefined) return (await import('../exam')).exam(seed);
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (!load) throw new RangeError(`no scenario named ${name}`);
  return load();
}
