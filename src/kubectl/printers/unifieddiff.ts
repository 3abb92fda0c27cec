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
    if (last && index - last[1] - 1 <= 2 * CONTEXT) last[1] = index;
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

/** Longest common subsequence, with its changes where GNU diff puts them. */
function compare(before: readonly string[], after: readonly string[]): Edit[] {
  const { removed, added } = commonSubsequence(before, after);
  shiftBoundaries(before, removed, added);
  shiftBoundaries(after, added, removed);
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (removed[i]) edits.push({ mark: '-', text: before[i++] as string });
    else if (added[j]) edits.push({ mark: '+', text: after[j++] as string });
    else {
      edits.push({ mark: ' ', text: before[i++] as string });
      j++;
    }
  }
  return edits;
}

function commonSubsequence(before: readonly string[], after: readonly string[]) {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      (lengths[i] as number[])[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const removed = new Array<boolean>(before.length).fill(true);
  const added = new Array<boolean>(after.length).fill(true);
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      removed[i++] = false;
      added[j++] = false;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return { removed, added };
}

/**
 * Slides each run of changes up, joining runs above it, then down as far as it goes, then back to a change of the other file.
 * Upstream: GNU diffutils shift_boundaries.
 */
function shiftBoundaries(lines: readonly string[], changed: boolean[], other: readonly boolean[]): void {
  const end = lines.length;
  let i = 0;
  let j = 0;
  for (;;) {
    while (i < end && !changed[i]) {
      while (other[j++]);
      i++;
    }
    if (i >= end) return;
    let start = i;
    while (changed[++i]);
    while (other[j]) j++;
    let length: number;
    let corresponding: number;
    do {
      length = i - start;
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = true;
        changed[--i] = false;
        while (changed[start - 1]) start--;
        while (other[--j]);
      }
      corresponding = other[j - 1] ? i : end;
      while (i < end && lines[start] === lines[i]) {
        changed[start++] = false;
        changed[i++] = true;
        while (changed[i]) i++;
        while (other[++j]) corresponding = i;
      }
    } while (length !== i - start);
    while (corresponding < i) {
      changed[--start] = true;
      changed[--i] = false;
      while (other[--j]);
    }
  }
}
