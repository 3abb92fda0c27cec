import type { KeyValueStorage } from '../shell/history';
import { digestOf, parseSavedLab, type SavedLab } from './log';
import type { Scenario } from './types';

/** `unreadable`: damaged or not ours. `outdated`: made with another version of the scenario. */
export type SavedLabProblem = 'unreadable' | 'outdated';

const key = (scenario: string) => `lab:${scenario}`;
const asideKey = (scenario: string) => `lab-set-aside:${scenario}`;

/** Whether a lab can be played on this scenario. */
export function checkSavedLab(
  saved: SavedLab | undefined,
  scenario: Scenario,
): { saved: SavedLab; problem?: undefined } | { saved?: undefined; problem: SavedLabProblem } {
  if (saved?.scenario !== scenario.name) return { problem: 'unreadable' };
  return saved.digest === digestOf(scenario) ? { saved } : { problem: 'outdated' };
}

/** What was kept of this scenario's lab. What cannot be taken up is set aside under another key, not lost. */
export function readSavedLab(
  storage: KeyValueStorage | undefined,
  scenario: Scenario,
): { saved?: SavedLab; problem?: SavedLabProblem } {
  const text = read(storage, scenario.name);
  if (text === null) return {};
  const checked = checkSavedLab(parseSavedLab(text), scenario);
  if (checked.problem) write(storage, asideKey(scenario.name), text);
  return checked;
}

export function storeSavedLab(storage: KeyValueStorage | undefined, saved: SavedLab): void {
  if (saved.actions.length === 0 && read(storage, saved.scenario) === null) return;
  write(storage, key(saved.scenario), JSON.stringify(saved));
}

function read(storage: KeyValueStorage | undefined, scenario: string): string | null {
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
