import type { KeyValueStorage } from '../shell/history';

/** What is kept under a key; null when there is nothing, or no reading. */
export function readItem(storage: KeyValueStorage | undefined, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** Keeps a text. Where storage is full or blocked, what it is about lives as long as the page. */
export function writeItem(storage: KeyValueStorage | undefined, key: string, text: string): void {
  try {
    storage?.setItem(key, text);
  } catch {
    // as said above
  }
}
