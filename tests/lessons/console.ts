import type { Masks } from '../../src/cli/replay/masks';
import { needsMore } from '../../src/shell/words';

export interface ConsoleCommand {
  /** The prompt as written; undefined for a bare `$ `. */
  prompt: string | undefined;
  command: string;
  /** Expected output, line by line; `...` stands for any lines. */
  expected: string[];
  /** The block shows that it was stopped with Ctrl-C. */
  interrupted: boolean;
}

const promptLine = /^((?:\w+@[\w-]+:\S+[$#] )|(?:\/\S* # ))?(?:\$ )?(.*)$/;

/** Commands of a console block: prompt lines, the lines `> ` that continue them, and what they print. */
export function parseConsole(text: string): ConsoleCommand[] {
  const commands: ConsoleCommand[] = [];
  for (const line of text.replace(/\n+$/, '').split('\n')) {
    const last = commands.at(-1);
    const isPrompt = /^\w+@[\w-]+:\S+[$#] /.test(line) || /^\/\S* # /.test(line) || line.startsWith('$ ');
    if (last && last.expected.length === 0 && needsMore(last.command) && line.startsWith('> '))
      last.command += `\n${line.slice(2)}`;
    else if (isPrompt) {
      const match = promptLine.exec(line);
      commands.push({ prompt: match?.[1], command: match?.[2] ?? '', expected: [], interrupted: false });
    } else if (last && line === '^C') last.interrupted = true;
    else if (last) last.expected.push(line);
    else throw new Error(`a console block starts with output: ${line}`);
  }
  for (const command of commands) while (command.expected.at(-1) === '') command.expected.pop();
  return commands;
}

/** Ages depend on how long a reader took, and move the columns behind them. */
const relaxed = (line: string) =>
  line
    .replace(/(?<![\w.:-])(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+[smhd](?![\w.:-])/g, 'AGE')
    .replace(/\s+/g, ' ')
    .trimEnd();

/** The first expected line that was not printed; undefined when all is as the block shows it. */
export function firstDifference(
  expected: readonly string[],
  printed: string,
  masks: Masks,
): { expected: string; printed: string } | undefined {
  const lines = printed === '' ? [] : printed.replace(/\n+$/, '').split('\n');
  let at = 0;
  let skip = false;
  for (const line of expected) {
    if (line.trim() === '...') {
      skip = true;
      continue;
    }
    const wanted = relaxed(line);
    const from = at;
    while (skip && at < lines.length && !masks.same(wanted, relaxed(lines[at] ?? ''))) at++;
    if (at >= lines.length || (!skip && !masks.same(wanted, relaxed(lines[at] ?? ''))))
      return { expected: line, printed: lines.slice(from, from + 12).join('\n') };
    at++;
    skip = false;
  }
  return skip || at === lines.length ? undefined : { expected: '(nothing more)', printed: lines.slice(at).join('\n') };
}
