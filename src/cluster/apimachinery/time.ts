/** RFC 3339 with seconds, in UTC, as `metadav1.Time` prints: `2026-11-22T08:15:08Z`. @param milliseconds since the epoch */
export function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Milliseconds since the epoch of an RFC 3339 time; NaN when it is none. */
export function parseTime(text: string): number {
  return new Date(text).getTime();
}
