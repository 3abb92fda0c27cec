import { useEffect, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabContext } from '../LabProvider/context';
import type { EmbedPage } from './parameters';
import { tell } from './protocol';

/** Does what reaches the first goals, in their order, as their solutions say. */
async function reachFirst(lab: Lab, count: number): Promise<void> {
  for (const { goal } of lab.getSnapshot().goals.slice(0, count)) {
    for (const line of goal.solution) await lab.runApart(line);
  }
}

/** Tells the page around the embed of each goal that is reached, and puts a new lab at the step that the embed's address names. */
export function Progress({ page: { id }, step }: { page: EmbedPage; step: number }): ReactNode {
  const { lab } = useLabContext();
  useEffect(() => {
    if (!lab) return undefined;
    const passed = () => lab.getSnapshot().goals.filter(({ passed }) => passed);
    let before = new Set(passed().map(({ goal }) => goal.id));
    let setting = false;
    // A lab that its reader has already worked in stays as it was left.
    if (step > 0 && lab.getSnapshot().actions.length === 0) {
      setting = true;
      void reachFirst(lab, step).finally(() => {
        before = new Set(passed().map(({ goal }) => goal.id));
        setting = false;
      });
    }
    return lab.subscribe(() => {
      if (setting) return;
      const now = passed();
      const fresh = now.filter(({ goal }) => !before.has(goal.id));
      before = new Set([...before, ...now.map(({ goal }) => goal.id)]);
      for (const { goal } of fresh)
        tell({ type: 'progress', id, goal: goal.id, reached: now.length, total: lab.getSnapshot().goals.length });
    });
  }, [lab, id, step]);
  return null;
}
