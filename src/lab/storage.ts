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

/** Sets a text aside under another key. It leaves its own first: where storage is full, there is room for it only once. */
export function setAside(storage: KeyValueStorage | undefined, key: string, aside: string, text: string): void {
  try {
    storage?.removeItem(key);
  } catch {
    // then it is kept twice
  }
  writeItem(storage, aside, text);
}
