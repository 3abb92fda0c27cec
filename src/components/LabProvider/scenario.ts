import { allScenarios } from '../../lab/scenarios';
import type { Scenario } from '../../lab/types';

/** A scenario's plain data, without the simulation behind it. */
export function findScenario(name: string): Scenario | undefined {
  return allScenarios.find((scenario) => scenario.name === name);
}
