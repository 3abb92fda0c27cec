import type { Goal, Scenario } from '../types';
import { Draw } from './draw';
import { families } from './families';
import { callerPod, namespaceManifest } from './manifests';
import { examName } from './name';
import type { Family, Task } from './task';

/** How many tasks an exam has. */
const taskCount = 6;

/** The exam of a seed: tasks of different families in one cluster, each in namespaces of its own. The same seed gives the same exam. */
export function exam(seed: number): Scenario {
  const draw = new Draw(seed);
  return examOf(examName(seed), draw, draw.shuffled(families).slice(0, taskCount));
}

/** An exam of these families. */
export function examOf(name: string, draw: Draw, chosen: readonly Family[]): Scenario {
  const tasks = chosen.map((family) => family(draw));
  const namespaces = tasks.flatMap((task) => task.namespaces).map(namespaceManifest);
  return {
    name,
    cloud: 'openstack',
    manifests: [callerPod('default', 'client'), ...namespaces, ...tasks.flatMap(({ manifests }) => manifests)],
    files: Object.assign({}, ...tasks.map(({ files }) => files)) as Record<string, string>,
    goals: tasks.map(goalOf),
  };
}

const goalOf = ({ text, checks, solution, alternatives, mistakes, namespaces, lesson, cause }: Task, index: number): Goal => ({
  id: `task-${index + 1}`,
  title: text,
  checks,
  hints: [],
  solution,
  alternatives,
  mistakes,
  exam: { namespaces, lesson, cause },
});
