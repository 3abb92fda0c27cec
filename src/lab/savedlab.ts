import type { KeyValueStorage } from '../shell/history';
import { digestOf, parseSavedLab, type SavedLab } from './log';
import { readItem, setAside, writeItem } from './storage';
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
  const text = readItem(storage, key(scenario.name));
  if (text === null) return {};
  const checked = checkSavedLab(parseSavedLab(text), scenario);
  if (checked.problem) setAside(storage, key(scenario.name), asideKey(scenario.name), text);
  return checked;
}

export function storeSavedLab(storage: KeyValueStorage | undefined, saved: SavedLab): void {
  if (saved.actions.length === 0 && readItem(storage, key(saved.scenario)) === null) return;
  writeItem(storage, key(saved.scenario), JSON.stringify(saved));
}
