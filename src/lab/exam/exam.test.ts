import { describe, expect, it } from 'vitest';
import { createLab } from '../lab';
import type { Goal, Lab } from '../types';
import { exam } from './index';
import { run } from './quickly';

const passed = (lab: Lab): string[] =>
  lab
    .getSnapshot()
    .goals.filter((state) => state.passed)
    .map(({ goal }) => goal.id);

const ids = (goals: readonly Goal[]): string[] => goals.map(({ id }) => id);

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

describe('the exam of a seed', () => {
  it('is the same every time, and another for another seed', () => {
    for (const seed of seeds) expect(exam(seed)).toEqual(exam(seed));
    expect(new Set(seeds.map((seed) => JSON.stringify({ ...exam(seed), name: '' }))).size).toBe(seeds.length);
  });

  it('has six tasks of different families, in namespaces of their own, with all its files apart', () => {
    const drawn = new Set<string>();
    for (const seed of seeds) {
      const { goals, manifests, files } = exam(seed);
      expect(goals).toHaveLength(6);
      expect(new Set(goals.map(({ exam: task }) => JSON.stringify(task?.cause.en.replace(/`[^`]*`|\d/g, '')))).size).toBe(6);
      const namespaces = goals.flatMap(({ exam: task }) => task?.namespaces ?? []);
      expect(new Set(namespaces).size).toBe(namespaces.length);
      for (const { title, solution, alternatives } of goals) {
        expect(title.ko).not.toBe(title.en);
        expect(alternatives?.length).toBeGreaterThan(0);
        for (const line of solution) drawn.add(line.split(' ').slice(0, 3).join(' '));
      }
      expect(Object.keys(files).every((file) => namespaces.some((one) => file.startsWith(one)))).toBe(true);
      expect(manifests.length).toBeGreaterThan(12);
    }
  });

  it('starts unsolved, and each solution solves its task and no other', { timeout: 180_000 }, async () => {
    for (const seed of seeds) {
      const lab = createLab(exam(seed));
      const { goals } = lab.scenario;
      expect([seed, ...passed(lab)]).toEqual([seed]);
      for (const [index, { solution }] of goals.entries()) {
        await run(lab, solution);
        expect([seed, ...passed(lab)]).toEqual([seed, ...ids(goals.slice(0, index + 1))]);
      }
      lab.dispose();
    }
  });
});
