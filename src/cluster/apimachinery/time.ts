/** RFC 3339 with seconds, in UTC, as `metadav1.Time` prints: `2026-11-22T08:15:08Z`. @param milliseconds since the epoch */
export function rfc3339(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  // most calls in a row are about the same second
  if (second !== lastSecond) [lastSecond, lastText] = [second, utc(second)];
  return lastText;
}

/** RFC 3339 with microseconds, as `metav1.MicroTime` prints: `2026-11-22T08:15:08.123000Z`. @param milliseconds since the epoch */
export function rfc3339Micro(milliseconds: number): string {
  const rest = Math.floor(milliseconds) - 1000 * Math.floor(milliseconds / 1000);
  return `${rfc3339(milliseconds).slice(0, -1)}.${String(rest).padStart(3, '0')}000Z`;
}

/**
 * Worked out here because the first Date that prints itself loads the engine's table of time zones, which takes longer than a cluster's
 * first second. Days to a date: http://howardhinnant.github.io/date_algorithms.html, civil_from_days. Years 0 to 9999.
 */
function utc(second: number): string {
  const days = Math.floor(second / 86_400);
  const time = second - 86_400 * days;
  // eras of 400 years that begin on a 1 March
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - 146_097 * era;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = String(yearOfEra + 400 * era + (month <= 2 ? 1 : 0)).padStart(4, '0');
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60].map(twoDigits).join(':');
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${clock}Z`;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

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
