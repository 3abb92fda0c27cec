import { parseProgress, progressText, type Progress } from './file';

/**
 * What a learning platform keeps for a learner, which may be as little as 4,096 characters (SCORM 1.2): times as seconds to base 36, no
 * name, no blanks. Leaves predictions out where `most` characters would not do, and is '' where that is too long as well.
 */
export function compactProgress({ lessons }: Progress, most: number): string {
  const short = (withPredictions: boolean) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(lessons).map(([id, { goals, predictions }]) => [
          id,
          [
            Object.fromEntries(
              Object.entries(goals).map(([goal, at]) => [goal, at && Math.floor(Date.parse(at) / 1000).toString(36)]),
            ),
            ...(withPredictions ? [predictions] : []),
          ],
        ]),
      ),
    );
  return [short(true), short(false)].find((text) => text.length <= most) ?? '';
}

/** Reads what `compactProgress` wrote; undefined when it is anything else. @param now when it is read, as an ISO date and time */
export function readCompact(text: string, now: string): Progress | undefined {
  try {
    const short = JSON.parse(text) as Record<string, [Record<string, string | null>, Record<string, string>?]>;
    const time = (at: string | null) => at && new Date(parseInt(at, 36) * 1000).toISOString();
    const lessons = Object.fromEntries(
      Object.entries(short).map(([id, [goals, predictions = {}]]) => [
        id,
        { goals: Object.fromEntries(Object.entries(goals).map(([goal, at]) => [goal, time(at)])), predictions },
      ]),
    );
    return parseProgress(progressText({ name: '', saved: now, lessons })).progress;
  } catch {
    return undefined;
  }
}
