import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { progressCsv, type MemberFile } from '../lab/progress/csv';
import { longestProgress, parseProgress, type ProgressProblem } from '../lab/progress/file';
import { readCourse } from '../plugins/course';

/**
 * Makes one CSV table of progress files: `npm run -s progress:csv -- [--out FILE] FILES...`, the same as the site's page /progress/.
 * A file that is none is named on stderr, and the command fails after writing the table of the others.
 */
const why: Record<ProgressProblem, string> = {
  tooLong: 'larger than any progress file',
  notJson: 'not JSON, or cut off',
  foreign: 'not a progress file of this site',
  newer: 'from a newer version of this site',
  damaged: 'a progress file with damaged contents',
};

const args = process.argv.slice(2);
const outAt = args.indexOf('--out');
const out = outAt >= 0 ? args.splice(outAt, 2)[1] : undefined;
if (args.length === 0 || (outAt >= 0 && out === undefined)) {
  console.error('usage: npm run -s progress:csv -- [--out FILE] FILES...');
  process.exit(2);
}

const members: MemberFile[] = [];
for (const file of args) {
  const complain = (problem: string) => {
    console.error(`${file}: ${problem}`);
    process.exitCode = 1;
  };
  try {
    const { progress, problem } =
      statSync(file).size > 4 * longestProgress ? { problem: 'tooLong' as const } : parseProgress(readFileSync(file, 'utf8'));
    if (problem) complain(why[problem]);
    else members.push({ file: path.basename(file), progress });
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}
const course = (await readCourse(path.join(import.meta.dirname, '../..'), 'en')).flatMap(({ lessons }) => lessons);
const csv = progressCsv(members, course);
if (out === undefined) process.stdout.write(csv);
else writeFileSync(out, csv);
