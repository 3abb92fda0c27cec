import type { Scenario } from '../types';
import { clusterip } from './clusterip';
import { home } from './home';
import { loadbalancer } from './loadbalancer';
import { nodeport } from './nodeport';
import { whyServices } from './why-services';

/** The lessons' scenarios, in the course's order. Plain data: reading them starts nothing. */
export const scenarios: readonly Scenario[] = [whyServices, clusterip, nodeport, loadbalancer];

/** Those and the home page's. */
export const allScenarios: readonly Scenario[] = [home, ...scenarios];

/** The scenario of that name; throws RangeError when there is none. */
export function getScenario(name: string): Scenario {
  const scenario = allScenarios.find((one) => one.name === name);
  if (!scenario) throw new RangeError(`no scenario named ${name}`);
  return scenario;
}
