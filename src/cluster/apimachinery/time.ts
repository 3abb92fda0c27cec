/** RFC 3339 with seconds, in UTC, as `metadav1.Time` prints: `2026-11-22T08:15:08Z`. @param milliseconds since the epoch */
export function rfc3339(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  // most calls in a row are about the same second
  if (second !== lastSecond) [lastSecond, lastText] = [second, new Date(second * 1000).toISOString().slice(0, 19) + 'Z'];
  return lastText;
}

let lastSecond = NaN;
let lastText = '';

/** Milliseconds since the epoch of an RFC 3339 time; NaN when it is none. */
export function parseTime(text: string): number {
  // objects of one list are often of one age
  if (text !== parsedText) [parsedText, parsed] = [text, new Date(text).getTime()];
  return parsed;
}

let parsedText = '';
let parsed = NaN;
