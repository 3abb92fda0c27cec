import type { Scenario } from '../../lab/types';

export function findScenario(_name: string): Scenario | undefined {
  return undefined;
}
