import type { KeyValueStorage } from '../../shell/history';
import { readPredictions, storePredictions } from '../predictions';
import { readItem, writeItem } from '../storage';
import { cleanName, type Progress } from './file';
import { learnerKey, reachedKey, whenKey } from './keys';

/** A lesson of the course, as far as progress in it goes. */
export interface CountedLesson {
  readonly id: string;
  /** The scenario of its lab. */
  readonly lab?: string;
  readonly goals: readonly string[];
}

/** Remembers that a goal was reached, and when, unless it was before. */
export function storeReached(storage: KeyValueStorage, scenario: string, goal: string, at: string): void {
  if (readItem(storage, reachedKey(scenario, goal)) === 'true') return;
  writeItem(storage, reachedKey(scenario, goal), 'true');
  writeItem(storage, whenKey(scenario, goal), at);
}

/** What a browser remembers of the course. @param now when that is, as an ISO date and time */
export function readProgress(storage: KeyValueStorage, course: readonly CountedLesson[], now: string): Progress {
  const lessons: Progress['lessons'] = {};
  for (const { id, lab, goals } of course) {
    if (lab === undefined) continue;
    const reached = goals.filter((goal) => readItem(storage, reachedKey(lab, goal)) === 'true');
    const predictions = { ...readPredictions(storage, lab) };
    if (reached.length === 0 && Object.keys(predictions).length === 0) continue;
    lessons[id] = { goals: Object.fromEntries(reached.map((goal) => [goal, timeOf(storage, lab, goal)])), predictions };
  }
  return { name: cleanName(readItem(storage, learnerKey) ?? ''), saved: now, lessons };
}

function timeOf(storage: KeyValueStorage, scenario: string, goal: string): string | null {
  const time = new Date(readItem(storage, whenKey(scenario, goal)) ?? NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/**
 * Puts what was merged with `readProgress` back. What it does not name stays as it is.
 * Lessons and goals that this version of the course does not have are left out.
 */
export function writeProgress(storage: KeyValueStorage, course: readonly CountedLesson[], progress: Progress): void {
  for (const { id, lab, goals } of course) {
    const done = progress.lessons[id];
    if (lab === undefined || !done) continue;
    for (const goal of goals) {
      if (!(goal in done.goals)) continue;
      writeItem(storage, reachedKey(lab, goal), 'true');
      const at = done.goals[goal];
      if (at) writeItem(storage, whenKey(lab, goal), at);
    }
    if (Object.keys(done.predictions).length > 0) storePredictions(storage, lab, done.predictions);
  }
  if (progress.name) writeItem(storage, learnerKey, progress.name);
}

/** The part of it that this version of the course has, and how many goals it does not have. */
export function knownProgress(progress: Progress, course: readonly CountedLesson[]): { known: Progress; unknown: number } {
  const lessons: Progress['lessons'] = {};
  for (const { id, lab, goals } of course) {
    const done = progress.lessons[id];
    if (lab === undefined || !done) continue;
    lessons[id] = { ...done, goals: Object.fromEntries(Object.entries(done.goals).filter(([goal]) => goals.includes(goal))) };
  }
  const count = (counted: Progress) =>
    Object.values(counted.lessons).reduce((sum, { goals }) => sum + Object.keys(goals).length, 0);
  const known = { ...progress, lessons };
  return { known, unknown: count(progress) - count(known) };
}

/** How many goals of the course are reached, and how many there are. */
export function countGoals(course: readonly CountedLesson[], progress: Progress): { reached: number; all: number } {
  const all = course.reduce((sum, { goals }) => sum + goals.length, 0);
  const reached = course.reduce((sum, { id, goals }) => sum + reachedIn(progress, id, goals).length, 0);
  return { reached, all };
}

/** Those of a lesson's goals that were reached. */
export const reachedIn = (progress: Progress, lesson: string, goals: readonly string[]): string[] =>
  goals.filter((goal) => progress.lessons[lesson] && goal in progress.lessons[lesson].goals);

/** When the last of a lesson's goals was reached; undefined when none was, or it is not known. */
export const lastTime = (progress: Progress, lesson: string): string | undefined =>
  Object.values(progress.lessons[lesson]?.goals ?? {})
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
