import { scenarios } from '../../lab/scenarios';
import type { Scenario } from '../../lab/types';

/** A scenario's plain data, without the simulation behind it. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}
