import type { Progress } from './file';
import { countGoals, lastTime, reachedIn, type CountedLesson } from './stored';

/** A member's file, and what it is called. */
export interface MemberFile {
  file: string;
  progress: Progress;
}

/**
 * A cell by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text there
 * (OWASP, "CSV Injection"); so do the wide forms of the signs, and signs behind blanks.
 */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n';\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One table of what a team's members did: a line for each file, in the order given; a column for each lesson with goals, with how
 * many of them were reached. UTF-8 with a mark at its start, without which Excel shows Hangul as something else.
 */
export function progressCsv(members: readonly MemberFile[], course: readonly CountedLesson[]): string {
  const counted = course.filter(({ goals }) => goals.length > 0);
  const header = ['name', 'file', 'saved', 'goals reached', 'goals', 'last reached'].concat(
    counted.map(({ id, goals }) => `${id} (of ${goals.length})`),
  );
  const lines = members.map(({ file, progress }) => {
    const { reached, all } = countGoals(course, progress);
    const last = counted.flatMap(({ id }) => lastTime(progress, id) ?? []).sort();
    return [
      progress.name,
      file,
      progress.saved,
      reached,
      all,
      last.at(-1) ?? '',
      ...counted.map(({ id, goals }) => reachedIn(progress, id, goals).length),
    ];
  });
  return `\ufeff${[header, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`;
}
