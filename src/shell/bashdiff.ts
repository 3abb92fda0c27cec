import type { Bash, BashOptions, CommandContext, ExecResult } from 'just-bash';

/** Lines of both files together. The time that just-bash's diff takes grows with the square of those that differ. */
const MOST_LINES = 1000;

/** just-bash's own diff, for texts that it is quick with. */
export async function smallDiff(
  Shell: typeof Bash,
  args: string[],
  { fs, cwd, stdin }: CommandContext,
  executionLimits: BashOptions['executionLimits'],
): Promise<ExecResult> {
  let lines = 0;
  for (const argument of args) {
    const text = argument === '-' ? String(stdin) : await fs.readFile(fs.resolvePath(cwd, argument)).catch(() => '');
    lines += text.split('\n').length;
  }
  if (lines > MOST_LINES) return { stdout: '', stderr: `diff: this simulator compares up to ${MOST_LINES} lines\n`, exitCode: 2 };
  const shell = new Shell({ fs, cwd, commands: ['diff'], executionLimits, defenseInDepth: false });
  return shell.exec('diff', { args, stdin: String(stdin) });
}
