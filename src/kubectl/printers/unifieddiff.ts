const CONTEXT = 3;

interface Edit {
  mark: ' ' | '-' | '+';
  text: string;
}

/** The hunks of `diff -u`; empty when both texts are the same. */
export function unifiedDiff(before: string, after: string): string {
  const edits = compare(lines(before), lines(after));
  const changed = edits.flatMap((edit, index) => (edit.mark === ' ' ? [] : [index]));
  const hunks: [number, number][] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last && index - last[1] <= 2 * CONTEXT) last[1] = index;
    else hunks.push([index, index]);
  }
  return hunks
    .map(([first, last]) => hunkText(edits, Math.max(0, first - CONTEXT), Math.min(edits.length, last + CONTEXT + 1)))
    .join('');
}

function lines(text: string): string[] {
  const result = text.split('\n');
  if (result.at(-1) === '') result.pop();
  return result;
}

function hunkText(edits: readonly Edit[], from: number, to: number): string {
  const count = (list: readonly Edit[], other: string) => list.filter((edit) => edit.mark !== other).length;
  const part = edits.slice(from, to);
  const head = edits.slice(0, from);
  const range = (other: string) => {
    const length = count(part, other);
    const start = count(head, other) + (length > 0 ? 1 : 0);
    return length === 1 ? String(start) : `${start},${length}`;
  };
  return `@@ -${range('+')} +${range('-')} @@\n${part.map((edit) => `${edit.mark}${edit.text}\n`).join('')}`;
}

/** Longest common subsequence. */
function compare(before: readonly string[], after: readonly string[]): Edit[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      (lengths[i] as number[])[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      edits.push({ mark: ' ', text: before[i++] as string });
      j++;
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1)))
      edits.push({ mark: '-', text: before[i++] as string });
    else edits.push({ mark: '+', text: after[j++] as string });
  }
  return edits;
}
