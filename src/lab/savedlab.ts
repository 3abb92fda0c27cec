import type { KeyValueStorage } from '../shell/history';
import { type Action, digestOf, parseSavedLab, type SavedLab } from './log';
import type { Scenario } from './types';

/** `unreadable`: damaged or not ours. `outdated`: made with another version of the scenario. */
export type SavedLabProblem = 'unreadable' | 'outdated';

const key = (scenario: Scenario) => `lab:${scenario.name}`;
const asideKey = (scenario: Scenario) => `lab-set-aside:${scenario.name}`;

/** What was kept of this scenario's lab. What cannot be taken up is set aside under another key, not lost. */
export function readSavedLab(
  storage: KeyValueStorage | undefined,
  scenario: Scenario,
): { saved?: SavedLab; problem?: SavedLabProblem } {
  const text = read(storage, scenario);
  if (text === null) return {};
  const saved = parseSavedLab(text);
  if (saved?.scenario === scenario.name && saved.digest === digestOf(scenario)) return { saved };
  write(storage, asideKey(scenario), text);
  return { problem: saved?.scenario === scenario.name ? 'outdated' : 'unreadable' };
}

export function storeSavedLab(
  storage: KeyValueStorage | undefined,
  scenario: Scenario,
  { time, actions }: { time: number; actions: readonly Action[] },
): void {
  if (actions.length === 0 && read(storage, scenario) === null) return;
  const saved: SavedLab = { version: 1, scenario: scenario.name, digest: digestOf(scenario), time, actions: [...actions] };
  write(storage, key(scenario), JSON.stringify(saved));
}

function read(storage: KeyValueStorage | undefined, scenario: Scenario): string | null {
  try {
    return storage?.getItem(key(scenario)) ?? null;
  } catch {
    return null;
  }
}

function write(storage: KeyValueStorage | undefined, name: string, text: string): void {
  try {
    storage?.setItem(name, text);
  } catch {
    // Storage is full or blocked: the lab lives as long as the page.
  }
}
