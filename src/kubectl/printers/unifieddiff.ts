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

/** Both texts side by side, with the changes where GNU diff puts them. */
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

/** Which lines are in one text only. Lines without a match are set aside first. Upstream: GNU diffutils analyze.c. */
function commonSubsequence(before: readonly string[], after: readonly string[]) {
  const removed = before.map((line) => !after.includes(line));
  const added = after.map((line) => !before.includes(line));
  const xs = before.flatMap((_, index) => (removed[index] ? [] : [index]));
  const ys = after.flatMap((_, index) => (added[index] ? [] : [index]));
  const equal = (x: number, y: number) => before[xs[x] as number] === after[ys[y] as number];
  compareRange(0, xs.length, 0, ys.length);
  return { removed, added };

  function compareRange(xFrom: number, xTo: number, yFrom: number, yTo: number): void {
    while (xFrom < xTo && yFrom < yTo && equal(xFrom, yFrom)) [xFrom, yFrom] = [xFrom + 1, yFrom + 1];
    while (xFrom < xTo && yFrom < yTo && equal(xTo - 1, yTo - 1)) [xTo, yTo] = [xTo - 1, yTo - 1];
    if (xFrom === xTo) for (let y = yFrom; y < yTo; y++) added[ys[y] as number] = true;
    else if (yFrom === yTo) for (let x = xFrom; x < xTo; x++) removed[xs[x] as number] = true;
    else {
      const [x, y] = middle(equal, xFrom, xTo, yFrom, yTo);
      compareRange(xFrom, x, yFrom, y);
      compareRange(x, xTo, y, yTo);
    }
  }
}

/**
 * Where a shortest way of edits from one corner to the other crosses its middle: searched from both ends, a step on every
 * diagonal (x - y) at a time. Upstream: GNU gnulib diffseq.h, after Myers.
 */
function middle(
  equal: (x: number, y: number) => boolean,
  xFrom: number,
  xTo: number,
  yFrom: number,
  yTo: number,
): [number, number] {
  const [lowest, highest] = [xFrom - yTo, xTo - yFrom];
  const [first, last] = [xFrom - yFrom, xTo - yTo];
  const forward = new Map([[first, xFrom]]);
  const backward = new Map([[last, xTo]]);
  let [forwardLow, forwardHigh, backwardLow, backwardHigh] = [first, first, last, last];
  const odd = ((first - last) & 1) === 1;
  for (;;) {
    if (forwardLow > lowest) forward.set(--forwardLow - 1, -1);
    else forwardLow++;
    if (forwardHigh < highest) forward.set(++forwardHigh + 1, -1);
    else forwardHigh--;
    for (let d = forwardHigh; d >= forwardLow; d -= 2) {
      const [below, above] = [forward.get(d - 1) as number, forward.get(d + 1) as number];
      let x = below < above ? above : below + 1;
      while (x < xTo && x - d < yTo && equal(x, x - d)) x++;
      forward.set(d, x);
      if (odd && backwardLow <= d && d <= backwardHigh && (backward.get(d) as number) <= x) return [x, x - d];
    }
    if (backwardLow > lowest) backward.set(--backwardLow - 1, Infinity);
    else backwardLow++;
    if (backwardHigh < highest) backward.set(++backwardHigh + 1, Infinity);
    else backwardHigh--;
    for (let d = backwardHigh; d >= backwardLow; d -= 2) {
      const [below, above] = [backward.get(d - 1) as number, backward.get(d + 1) as number];
      let x = below < above ? below : above - 1;
      while (x > xFrom && x - d > yFrom && equal(x - 1, x - d - 1)) x--;
      backward.set(d, x);
      if (!odd && forwardLow <= d && d <= forwardHigh && x <= (forward.get(d) as number)) return [x, x - d];
    }
  }
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
