import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/cli/replay/compare';
import type { Actual, Recording } from '../../src/cli/replay/recording';
import { replay } from '../../src/cli/replay/replay';
import { chance, type Chance } from './chance';

const folder = new URL('../fixtures/recorded/', import.meta.url);

const read = (name: string): Recording => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording;

const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** The recording and the replay without what is up to chance in some steps. */
function withoutChance(recording: Recording, actual: readonly (Actual | undefined)[], steps: Readonly<Record<number, Chance>>) {
  const cleaned = <T extends { stdout: string; stderr: string }>(step: T, index: number): T => {
    const why = steps[index];
    return why ? { ...step, stdout: why.without(step.stdout) } : step;
  };
  return [
    { ...recording, steps: recording.steps.map(cleaned) },
    actual.map((step, index) => step && cleaned(step, index)),
  ] as const;
}

describe('recorded transcripts of a real cluster', () => {
  it.each(names)(
    '%s',
    async (name) => {
      const recording = read(name);
      const actual = await replay(recording);
      const { passed, failures } = compare(...withoutChance(recording, actual, chance[name] ?? {}));
      expect(passed).toBeGreaterThan(5);
      expect(
        failures.map(({ step, cmd, why, recorded, actual: ours }) => ({
          step,
          cmd,
          why,
          recorded: recorded.stdout + recorded.stderr,
          ours: ours.stdout + ours.stderr,
        })),
      ).toEqual([]);
    },
    30_000,
  );

  it('lists as chance only what is there', () => {
    for (const [name, steps] of Object.entries(chance))
      for (const step of Object.keys(steps)) expect(read(name).steps[Number(step)], `${name} step ${step}`).toBeDefined();
  });

  it('gives the same bytes whatever ran before', async () => {
    const recording = read('01-seed-clusterip.json');
    const first = await replay(recording);
    await replay(read('03-seed-loadbalancer.json'));
    expect(await replay(recording)).toEqual(first);
  }, 30_000);
});
