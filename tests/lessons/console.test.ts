import { describe, expect, it } from 'vitest';
import { Masks } from '../../src/cli/replay/masks';
import { runLine } from '../../src/lab/drive';
import { createLab } from '../../src/lab/lab';
import { getScenario } from '../../src/lab/scenarios';
import { firstDifference, parseConsole } from './console';
import { lessonPaths, readLesson } from './mdx';

/** A reader takes this long from one block to the next, ms: what the cluster does meanwhile is done. */
const reading = 10_000;
/** A command that is shown with ^C is stopped after this long, ms. */
const watching = 10_000;

describe.each(['ko', 'en'] as const)('console blocks (%s)', (language) => {
  const lessons = lessonPaths(language)
    .map((path) => readLesson(language, path))
    .filter(({ code }) => code.some((block) => block.language === 'console'));

  it('belong to lessons that name their lab', () => expect(lessons.filter(({ frontMatter }) => !frontMatter.lab)).toEqual([]));

  it.each(lessons.map((lesson) => [lesson.path, lesson] as const))(
    '%s prints what it shows',
    async (path, lesson) => {
      const lab = createLab(getScenario(lesson.frontMatter.lab ?? ''));
      const masks = new Masks();
      for (const block of lesson.code.filter((one) => one.language === 'console')) {
        for (const { prompt, command, expected, interrupted } of parseConsole(block.text)) {
          const at = `${path}:${block.line} ${command}`;
          if (prompt !== undefined) expect(lab.terminal.prompt, `prompt before ${at}`).toBe(prompt);
          await runLine(lab, command, interrupted ? watching : 300_000);
          // What stood on the screen: stdout and stderr as they came.
          const printed = (lab.terminal.transcript.at(-1)?.output ?? '').replace(/\^C\n$/, '');
          expect(firstDifference(expected, printed, masks), at).toBeUndefined();
        }
        lab.advance(reading);
      }
    },
    60_000,
  );
});

describe('a console block', () => {
  it('is read as commands and what they print', () => {
    expect(parseConsole('learner@laptop:~$ cat <<EOF\n> a\n> EOF\na\n$ kubectl get svc -w\nNAME\n^C\n/ # ls\n')).toEqual([
      { prompt: 'learner@laptop:~$ ', command: 'cat <<EOF\na\nEOF', expected: ['a'], interrupted: false },
      { prompt: undefined, command: 'kubectl get svc -w', expected: ['NAME'], interrupted: true },
      { prompt: '/ # ', command: 'ls', expected: [], interrupted: false },
    ]);
  });

  it('may differ in random names, Service addresses and ages, in nothing else', () => {
    const differs = (expected: string, printed: string) =>
      firstDifference(expected.split('\n'), printed, new Masks()) !== undefined;
    expect(differs('test   ClusterIP   10.96.1.2   8080/TCP   5s', 'test   ClusterIP   10.111.169.28   8080/TCP   3m12s\n')).toBe(
      false,
    );
    expect(differs('test-5d4f8c7b9d-x2lqz', 'test-67564656c7-5c9n5\n')).toBe(false);
    expect(differs('a\n...\nc', 'a\nb\nb\nc\n')).toBe(false);
    expect(differs('8080/TCP', '5000/TCP\n')).toBe(true);
    expect(differs('a', 'a\nb\n')).toBe(true);
    expect(differs('a\nb', 'a\n')).toBe(true);
  });
});
