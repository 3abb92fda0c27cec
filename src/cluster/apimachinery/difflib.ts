// The unified difference that Kubernetes' server prints. Upstream: github.com/pmezard/go-difflib SequenceMatcher, after Python's difflib.

/** Lines of a and of b that are the same: where they begin, and how many. */
type Block = readonly [a: number, b: number, size: number];
/** What becomes of lines a[0] to a[1] of the first text, and b[0] to b[1] of the second. */
interface Step {
  same: boolean;
  a: [number, number];
  b: [number, number];
}

/** Lines around a change. */
const CONTEXT = 3;
/** From so many lines on, those that come often begin no block. */
const LONG = 200;

/** The hunks that make a of b, without names of files; each line ends with a newline. Empty when there is no difference. */
export function unifiedDifference(a: readonly string[], b: readonly string[]): string {
  return hunks(steps(matchingBlocks(a, b), a.length, b.length))
    .map((hunk) => {
      const [first, last] = [hunk[0]!, hunk.at(-1)!];
      const lines = hunk.flatMap((step) =>
        step.same
          ? a.slice(...step.a).map((line) => ` ${line}\n`)
          : [...a.slice(...step.a).map((line) => `-${line}\n`), ...b.slice(...step.b).map((line) => `+${line}\n`)],
      );
      return `@@ -${range(first.a[0], last.a[1])} +${range(first.b[0], last.b[1])} @@\n${lines.join('')}`;
    })
    .join('');
}

function range(start: number, stop: number): string {
  const length = stop - start;
  return length === 1 ? String(start + 1) : `${length === 0 ? start : start + 1},${length}`;
}

function matchingBlocks(a: readonly string[], b: readonly string[]): Block[] {
  const places = new Map<string, number[]>();
  b.forEach((line, index) => {
    const known = places.get(line);
    if (known) known.push(index);
    else places.set(line, [index]);
  });
  const most = Math.floor(b.length / 100) + 1;
  if (b.length >= LONG) for (const [line, { length }] of places) if (length > most) places.delete(line);

  const longest = (aLow: number, aHigh: number, bLow: number, bHigh: number): Block => {
    let [bestA, bestB, size] = [aLow, bLow, 0];
    let ending = new Map<number, number>();
    for (let i = aLow; i < aHigh; i++) {
      const next = new Map<number, number>();
      for (const j of places.get(a[i]!) ?? []) {
        if (j < bLow) continue;
        if (j >= bHigh) break;
        const length = (ending.get(j - 1) ?? 0) + 1;
        next.set(j, length);
        if (length > size) [bestA, bestB, size] = [i - length + 1, j - length + 1, length];
      }
      ending = next;
    }
    while (bestA > aLow && bestB > bLow && a[bestA - 1] === b[bestB - 1]) [bestA, bestB, size] = [bestA - 1, bestB - 1, size + 1];
    while (bestA + size < aHigh && bestB + size < bHigh && a[bestA + size] === b[bestB + size]) size++;
    return [bestA, bestB, size];
  };
  const within = (aLow: number, aHigh: number, bLow: number, bHigh: number): Block[] => {
    const [i, j, size] = longest(aLow, aHigh, bLow, bHigh);
    if (size === 0) return [];
    return [...within(aLow, i, bLow, j), [i, j, size], ...within(i + size, aHigh, j + size, bHigh)];
  };
  return within(0, a.length, 0, b.length);
}

function steps(blocks: readonly Block[], aLength: number, bLength: number): Step[] {
  const result: Step[] = [];
  let [i, j] = [0, 0];
  for (const [a, b, size] of [...blocks, [aLength, bLength, 0] as const]) {
    if (i < a || j < b) result.push({ same: false, a: [i, a], b: [j, b] });
    [i, j] = [a + size, b + size];
    const last = result.at(-1);
    if (size === 0) continue;
    if (last?.same) [last.a[1], last.b[1]] = [i, j];
    else result.push({ same: true, a: [a, i], b: [b, j] });
  }
  return result;
}

/** Changes with what stands around them, those near one another together. */
function hunks(all: readonly Step[]): Step[][] {
  const result: Step[][] = [[]];
  all.forEach((step, index) => {
    if (!step.same) return void result.at(-1)!.push(step);
    const { a, b } = step;
    const [first, last] = [index === 0, index === all.length - 1];
    const head: Step = { same: true, a: [a[0], Math.min(a[1], a[0] + CONTEXT)], b: [b[0], Math.min(b[1], b[0] + CONTEXT)] };
    const tail: Step = { same: true, a: [Math.max(a[0], a[1] - CONTEXT), a[1]], b: [Math.max(b[0], b[1] - CONTEXT), b[1]] };
    if (!first && !last && a[1] - a[0] <= 2 * CONTEXT) return void result.at(-1)!.push(step);
    if (!first) result.at(-1)!.push(head);
    if (first) result.at(-1)!.push(tail);
    else if (!last) result.push([tail]);
  });
  return result.filter((hunk) => hunk.some(({ same }) => !same));
}
