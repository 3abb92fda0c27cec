import { exam } from '../exam';
import { seedOf } from '../exam/name';
import type { Scenario } from '../types';
import { affinity } from './affinity';
import { catalogue } from './catalogue';
import { cheatSheet } from './cheat-sheet';
import { clusterip } from './clusterip';
import { endingPods } from './ending-pods';
import { endpoints } from './endpoints';
import { dns } from './dns';
import { otherServices } from './other-services';
import { accessWays } from './access-ways';
import { home } from './home';
import { kubeProxy } from './kube-proxy';
import { labSelector } from './lab-selector';
import { labTargetPort } from './lab-target-port';
import { labNamedPort } from './lab-named-port';
import { labNotReady } from './lab-not-ready';
import { labPending } from './lab-pending';
import { labLocal } from './lab-local';
import { labNamespace } from './lab-namespace';
import { labPortTaken } from './lab-port-taken';
import { loadbalancer } from './loadbalancer';
import { loadbalancerPractice } from './loadbalancer-practice';
import { nodeport } from './nodeport';
import { packet } from './packet';
import { playground, playgroundOptions } from './playground';
import { portTable } from './port-table';
import { ports } from './ports';
import { readingServices } from './reading-services';
import { serviceFields } from './service-fields';
import { sourceIp } from './source-ip';
import { whyServices } from './why-services';

/** The lessons' scenarios, in the course's order. Plain data: reading them starts nothing. */
export const scenarios: readonly Scenario[] = [
  whyServices,
  clusterip,
  nodeport,
  loadbalancer,
  readingServices,
  endpoints,
  dns,
  kubeProxy,
  packet,
  ports,
  sourceIp,
  affinity,
  endingPods,
  loadbalancerPractice,
  otherServices,
  accessWays,
  labSelector,
  labTargetPort,
  labNamedPort,
  labNotReady,
  labPending,
  labLocal,
  labNamespace,
  labPortTaken,
  cheatSheet,
  portTable,
  serviceFields,
];

/** Those, the home page's and the authors'. */
const allScenarios: readonly Scenario[] = [home, ...scenarios, catalogue];

/** The scenario of that name, if there is one. A playground's name is its options, an exam's its seed. */
export function findScenario(name: string): Scenario | undefined {
  const options = playgroundOptions(name);
  if (options) return playground(options);
  const seed = seedOf(name);
  return seed === undefined ? allScenarios.find((one) => one.name === name) : exam(seed);
}

/** The scenario of that name; throws RangeError when there is none. */
export function getScenario(name: string): Scenario {
  const scenario = findScenario(name);
  if (!scenario) throw new RangeError(`no scenario named ${name}`);
  return scenario;
}
