import type { KeyValueStorage } from '../shell/history';

const key = (scenario: string) => `predictions:${scenario}`;

export function readPredictions(storage: KeyValueStorage | undefined, scenario: string): Readonly<Record<string, string>> {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(key(scenario)) ?? '{}');
    if (stored === null || typeof stored !== 'object' || Array.isArray(stored)) return {};
    return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

export function storePredictions(
  storage: KeyValueStorage | undefined,
  scenario: string,
  predictions: Readonly<Record<string, string>>,
): void {
  try {
    storage?.setItem(key(scenario), JSON.stringify(predictions));
  } catch {
    // Storage is full or blocked: predictions live as long as the page.
  }
}
