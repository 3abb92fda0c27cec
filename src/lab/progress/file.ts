/** What was done in one lesson. */
export interface LessonProgress {
  /** By the ids of the goals that were reached: when that was first, as an ISO date and time; null when it is not known. */
  goals: Record<string, string | null>;
  /** The option that was predicted, by the id of the prediction. */
  predictions: Record<string, string>;
}

/** What one learner did, as it goes from one browser to another. */
export interface Progress {
  /** What the learner typed; '' when nothing. */
  name: string;
  /** When the file was written: an ISO date and time. */
  saved: string;
  lessons: Record<string, LessonProgress>;
}

/** Why a text is no progress file: longer than any is, no JSON, not from here, from a later version, or damaged. */
export type ProgressProblem = 'tooLong' | 'notJson' | 'foreign' | 'newer' | 'damaged';

const format = 'packet-to-pod-progress';
const version = 1;

/** Characters; a file of everything that can be done has a tenth of it. */
export const longestProgress = 256 * 1024;
export const longestName = 80;
const mostEntries = 500;

/** Ids of lessons, goals and predictions, and options: what the course's own look like. `__proto__` is none. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));

/** A name as it may be shown and printed: no control characters, no marks that turn the direction of text, not too long. */
export function cleanName(name: string): string {
  const visible = name.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ');
  return [...visible.trim()].slice(0, longestName).join('').trim();
}

/** The entries of a record whose keys are ids and whose values `accept`; undefined when one is not. */
function entries<T>(value: unknown, accept: (value: unknown) => T | undefined): Record<string, T> | undefined {
  if (!isRecord(value) || Object.keys(value).length > mostEntries) return undefined;
  const accepted: [string, T][] = [];
  for (const [id, one] of Object.entries(value)) {
    const taken = accept(one);
    if (taken === undefined || !ID.test(id)) return undefined;
    accepted.push([id, taken]);
  }
  return Object.fromEntries(accepted);
}

function lesson(value: unknown): LessonProgress | undefined {
  if (!isRecord(value)) return undefined;
  const goals = entries(value.goals, (at) => (at === null || isTime(at) ? at : undefined));
  const predictions = entries(value.predictions, (one) => (typeof one === 'string' && ID.test(one) ? one : undefined));
  return goals && predictions && { goals, predictions };
}

/** Reads what `progressText` wrote. Fields that it does not know are ignored; anything else that is not as it should be makes it a problem. */
export function parseProgress(
  text: string,
): { progress: Progress; problem?: undefined } | { progress?: undefined; problem: ProgressProblem } {
  if (text.length > longestProgress) return { problem: 'tooLong' };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { problem: 'notJson' };
  }
  if (!isRecord(value) || value.format !== format) return { problem: 'foreign' };
  if (typeof value.version === 'number' && value.version > version) return { problem: 'newer' };
  const lessons = entries(value.lessons, lesson);
  if (value.version !== version || typeof value.name !== 'string' || !isTime(value.saved) || !lessons)
    return { problem: 'damaged' };
  return { progress: { name: cleanName(value.name), saved: value.saved, lessons } };
}

/** The text of a progress file. */
export const progressText = (progress: Progress): string => `${JSON.stringify({ format, version, ...progress }, null, 2)}\n`;
