/** Where things outlive a reload. May throw (blocked, full): then memory has to do. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const limit = 500;

/** Command lines, oldest first, without repeats in a row. */
export class History {
  private list: string[] = [];

  constructor(
    private readonly storage?: KeyValueStorage,
    private readonly key = 'history',
  ) {
    try {
      const stored: unknown = JSON.parse(storage?.getItem(key) ?? '[]');
      if (Array.isArray(stored)) this.list = stored.filter((line): line is string => typeof line === 'string').slice(-limit);
    } catch {
      this.list = [];
    }
  }

  get lines(): readonly string[] {
    return this.list;
  }

  add(line: string): void {
    if (line.trim() === '' || line === this.list.at(-1)) return;
    this.list = [...this.list, line].slice(-limit);
    this.save();
  }

  clear(): void {
    this.list = [];
    this.save();
  }

  /** Index of the newest line at or before `from` that contains `text`; -1 when there is none. */
  search(text: string, from: number): number {
    for (let i = Math.min(from, this.list.length - 1); i >= 0; i--) if (this.list[i]?.includes(text)) return i;
    return -1;
  }

  private save(): void {
    try {
      this.storage?.setItem(this.key, JSON.stringify(this.list));
    } catch {
      // Storage is full or blocked: the history lives as long as the page.
    }
  }
}
