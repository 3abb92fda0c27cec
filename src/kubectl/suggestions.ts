import type { Command } from './command';

/** Commands that a mistyped name may mean, one a line; empty when none is near. Upstream: cobra SuggestionsFor. */
export function suggestions(typed: string, commands: readonly Command[]): string {
  return commands
    .filter(
      ({ name }) => distance(typed.toLowerCase(), name.toLowerCase()) <= 2 || name.toLowerCase().startsWith(typed.toLowerCase()),
    )
    .map(({ name }) => `\t${name}\n`)
    .join('');
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
