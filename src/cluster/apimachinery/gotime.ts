/** What Go looks for in a time of RFC 3339, part by part, with the most that the number may be and what it is called. */
const LAYOUT: readonly [part: string, pattern: RegExp, most?: number, name?: string][] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/, 12, 'month'],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d?/, 23, 'hour'],
  [':', /^:/],
  ['04', /^\d\d/, 59, 'minute'],
  [':', /^:/],
  ['05', /^\d\d/, 59, 'second'],
  ['Z07:00', /^(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)/],
];

/** Why Go would not read a text as a time (RFC 3339); undefined when it would. Upstream: Go's time.Parse. */
export function timeFault(text: string): string | undefined {
  const quote = JSON.stringify;
  let rest = text;
  for (const [part, pattern, most, name] of LAYOUT) {
    const [match] = pattern.exec(rest) ?? [];
    if (match === undefined)
      return `parsing time ${quote(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${quote(rest)} as ${quote(part)}`;
    const number = Number(match);
    if (most !== undefined && (number > most || (name === 'month' && number === 0)))
      return `parsing time ${quote(text)}: ${name} out of range`;
    rest = rest.slice(match.length);
  }
  if (rest !== '') return `parsing time ${quote(text)}: extra text: ${quote(rest)}`;
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return day < 1 || day > daysIn(year, month) ? `parsing time ${quote(text)}: day out of range` : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
