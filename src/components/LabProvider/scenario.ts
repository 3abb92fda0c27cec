import { findScenario as findInLab } from '../../lab/scenarios';
import type { Scenario } from '../../lab/types';

/** What the still pictures are drawn from. */
export type StillScenario = Pick<Scenario, 'nodes' | 'manifests' | 'files'> & {
  goals: { id: string; title: Scenario['goals'][number]['title'] }[];
};

/**
 * A scenario's plain data, for the server's pictures. In the reader's browser `scenarioInPage.ts` takes this module's place
 * (src/plugins/bundling.ts): there the data of the page's own scenario comes with the page.
 */
export function findScenario(name: string): StillScenario | undefined {
  const scenario = findInLab(name);
  return scenario && still(scenario);
}

/** The part of a scenario that can be seen before it runs. */
function still({ nodes, manifests, files, goals }: Scenario): StillScenario {
  return { nodes, manifests, files, goals: goals.map(({ id, title }) => ({ id, title })) };
}
