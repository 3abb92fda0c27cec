import { wellFormed } from './wellformed';

/** Absolute form of `path` seen from directory `from`; `.` and `..` resolved, no slash at the end. */
export function resolvePath(from: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${from}/${path}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return '/' + parts.join('/');
}

/** Files of one machine, in memory: absolute paths and texts. */
export class Files {
  private readonly texts = new Map<string, string>();
  private readonly directories = new Set<string>(['/']);
  private readonly listeners = new Set<() => void>();
  private changes = 0;

  constructor(
    readonly home: string,
    initial: Readonly<Record<string, string>> = {},
  ) {
    this.makeDirectory(home);
    this.makeDirectory('/tmp');
    for (const [name, text] of Object.entries(initial)) this.write(resolvePath(home, name), text);
  }

  /** Counts changes. */
  get version(): number {
    return this.changes;
  }

  read(path: string): string | undefined {
    return this.texts.get(path);
  }

  write(path: string, given: string): void {
    const text = wellFormed(given);
    if (this.texts.get(path) === text) return;
    this.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/');
    this.texts.set(path, text);
    this.changed();
  }

  remove(path: string): void {
    const known = this.texts.delete(path) || this.directories.delete(path);
    if (known) this.changed();
  }

  isDirectory(path: string): boolean {
    return this.directories.has(path);
  }

  makeDirectory(path: string): void {
    for (
      let directory = path;
      !this.directories.has(directory);
      directory = directory.slice(0, directory.lastIndexOf('/')) || '/'
    )
      this.directories.add(directory);
  }

  /** Names in a directory, sorted; undefined when `path` is not one. */
  list(path: string): string[] | undefined {
    if (!this.directories.has(path)) return undefined;
    const prefix = path === '/' ? '/' : `${path}/`;
    const names = new Set<string>();
    for (const known of [...this.texts.keys(), ...this.directories])
      if (known !== path && known.startsWith(prefix)) names.add(known.slice(prefix.length).split('/')[0] ?? '');
    return [...names].filter(Boolean).sort();
  }

  entries(): [path: string, text: string][] {
    return [...this.texts];
  }

  /** Back to these files alone. */
  replace(initial: Readonly<Record<string, string>>): void {
    this.texts.clear();
    this.directories.clear();
    for (const directory of ['/', this.home, '/tmp']) this.makeDirectory(directory);
    this.directories.add('/');
    for (const [name, text] of Object.entries(initial)) this.texts.set(resolvePath(this.home, name), text);
    this.changed();
  }

  /** Called after each change. Returns the function that stops it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(): void {
    this.changes++;
    for (const listener of [...this.listeners]) listener();
  }
}
