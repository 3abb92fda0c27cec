import type { Program } from '../program';

const USAGE = 'history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]\n';

/** `history [-c] [n]`: all lines, or the last n. The other options of bash's builtin are about files that do not exist here. */
export const history: Program = function* ({ args, shell, stdout, stderr }) {
  const { history: known } = shell.options;
  const [wanted] = args;
  if (wanted === '-c') known?.clear();
  else if (wanted?.startsWith('-')) {
    stderr(`bash: history: ${wanted}: invalid option\n${USAGE}`);
    return 2;
  } else if (wanted !== undefined && !/^\d+$/.test(wanted)) {
    stderr(`bash: history: ${wanted}: numeric argument required\n`);
    return 1;
  } else if (args.length > 1) {
    stderr('bash: history: too many arguments\n');
    return 1;
  } else {
    const lines = known?.lines ?? [];
    const first = Math.max(0, lines.length - Number(wanted ?? Infinity));
    stdout(
      lines
        .slice(first)
        .map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`)
        .join(''),
    );
  }
  return 0;
};
