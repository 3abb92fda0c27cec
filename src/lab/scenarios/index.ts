import type { Scenario } from '../types';
import { clusterip } from './clusterip';
import { loadbalancer } from './loadbalancer';
import { nodeport } from './nodeport';
import { whyServices } from './why-services';

/** All scenarios, in the course's order. Plain data: reading them starts nothing. */
export const scenarios: readonly Scenario[] = [whyServices, clusterip, nodeport, loadbalancer];

/** The scenario of that name; throws RangeError when there is none. */
export function getScenario(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new RangeError(`no scenario named ${name}`);
  return scenario;
}
