import { historyField } from '@codemirror/commands';
import type { EditorState } from '@codemirror/state';
import type { Lab } from '../../lab/types';

/** Where the cursor was and what can be taken back, by file: an editor that is opened again goes on where it was left. */
const kept = new WeakMap<Lab, Map<string, unknown>>();

/** What of an editor's state is kept. */
export const keptFields = { history: historyField };

export function keepState(lab: Lab, file: string, state: EditorState): void {
  if (!kept.has(lab)) kept.set(lab, new Map());
  kept.get(lab)!.set(file, state.toJSON(keptFields));
}

/** What was kept of a file, as long as it still has that text. */
export function keptState(lab: Lab, file: string, text: string): unknown {
  const state = kept.get(lab)?.get(file) as { doc?: unknown } | undefined;
  return state?.doc === text ? state : undefined;
}
