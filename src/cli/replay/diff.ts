/** The lines that differ: `-` recorded, `+` here; equal lines around them are left out. */
export function diffLines(recorded: string, actual: string): string {
  const left = recorded.split('\n');
  const right = actual.split('\n');
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const shown = (sign: string, lines: string[]) => lines.slice(start, lines.length - end).map((line) => `    ${sign} ${line}\n`);
  const out = [...shown('-', left), ...shown('+', right)];
  return out.slice(0, 40).join('') + (out.length > 40 ? `    (${out.length - 40} more lines)\n` : '');
}
