import type { LessonProgress, Progress } from './file';

const nothing: LessonProgress = { goals: {}, predictions: {} };

/** The earlier of two times; one that is not known is later than any. */
const earlier = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? (one ?? other) : one < other ? one : other;

function mergeLesson(mine: LessonProgress, theirs: LessonProgress): LessonProgress {
  const goals = { ...mine.goals };
  for (const [id, at] of Object.entries(theirs.goals)) goals[id] = id in goals ? earlier(goals[id] ?? null, at) : at;
  return { goals, predictions: { ...theirs.predictions, ...mine.predictions } };
}

/**
 * Everything that is in either: a goal reached in one of them is reached, at the earlier time. Where both have something else (a
 * prediction, the name), the first has it its way; `differences` counts them.
 */
export function mergeProgress(mine: Progress, theirs: Progress): Progress {
  const ids = new Set([...Object.keys(mine.lessons), ...Object.keys(theirs.lessons)]);
  return {
    name: mine.name || theirs.name,
    saved: mine.saved > theirs.saved ? mine.saved : theirs.saved,
    lessons: Object.fromEntries(
      [...ids].map((id) => [id, mergeLesson(mine.lessons[id] ?? nothing, theirs.lessons[id] ?? nothing)]),
    ),
  };
}

/** What a merge would bring. */
export interface Differences {
  /** Goals that only `theirs` has. */
  goals: number;
  /** Predictions that only `theirs` has. */
  predictions: number;
  /** Predictions that both made, each another. */
  otherPredictions: number;
  /** Both have a name, each another. */
  otherName: boolean;
}

export function differences(mine: Progress, theirs: Progress): Differences {
  const found: Differences = {
    goals: 0,
    predictions: 0,
    otherPredictions: 0,
    otherName: mine.name !== '' && theirs.name !== '' && mine.name !== theirs.name,
  };
  for (const [id, { goals, predictions }] of Object.entries(theirs.lessons)) {
    const here = mine.lessons[id] ?? nothing;
    found.goals += Object.keys(goals).filter((goal) => !(goal in here.goals)).length;
    for (const [prediction, option] of Object.entries(predictions)) {
      if (!(prediction in here.predictions)) found.predictions += 1;
      else if (here.predictions[prediction] !== option) found.otherPredictions += 1;
    }
  }
  return found;
}
