import type { Scenario } from '../types';
import { clusterip } from './clusterip';
import { home } from './home';
import { loadbalancer } from './loadbalancer';
import { nodeport } from './nodeport';
import { whyServices } from './why-services';

/** The home page's and the lessons' scenarios, in the course's order. Plain data: reading them starts nothing. */
export const scenarios: readonly Scenario[] = [home, whyServices, clusterip, nodeport, loadbalancer];

/** The scenario of that name; throws RangeError when there is none. */
export function getScenario(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new RangeError(`no scenario named ${name}`);
  return scenario;
}
