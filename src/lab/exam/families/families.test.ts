import { describe, expect, it } from 'vitest';
import { createLab } from '../../lab';
import type { GoalState } from '../../types';
import { Draw } from '../draw';
import { examOf } from '../index';
import { run } from '../quickly';
import { touched } from '../touched';
import { families } from '.';

/** Enough to meet each variant of a family. */
const seeds = [1, 2, 3, 4, 5];

describe.each(families.map((family) => [family.name, family] as const))('the task %s', (_name, family) => {
  const scenarios = seeds.map((seed) => examOf('solo', new Draw(seed), [family]));

  /** What becomes of the task, and whether its learner is told. */
  async function after(seed: number, lines: readonly string[]): Promise<GoalState & { told: boolean }> {
    const lab = createLab(scenarios[seed - 1]!);
    await run(lab, lines);
    const snapshot = lab.getSnapshot();
    const state = snapshot.goals[0]!;
    const told = touched(lab.stateAt(0), snapshot, state.goal.exam!.namespaces);
    lab.dispose();
    return { ...state, told };
  }

  it.each(seeds)('is solved in every way it names, and says of each mistake what is wrong (seed %d)', async (seed) => {
    const { checks, solution, alternatives = [], mistakes = [] } = scenarios[seed - 1]!.goals[0]!;
    expect((await after(seed, [])).told).toBe(false);
    for (const lines of [solution, ...alternatives])
      expect({ lines, failure: (await after(seed, lines)).failedCheck?.failure.en }).toEqual({ lines, failure: undefined });
    const told: boolean[] = [];
    for (const { lines, failedCheck } of mistakes) {
      const state = await after(seed, lines);
      expect({ lines, at: checks.indexOf(state.failedCheck!) }).toEqual({ lines, at: failedCheck });
      told.push(state.told);
    }
    // What the API server refuses changes nothing, and its own message says why.
    expect(told.filter((one) => !one).length).toBeLessThanOrEqual(1);
    expect(told.filter(Boolean).length).toBeGreaterThan(1);
  });
});
