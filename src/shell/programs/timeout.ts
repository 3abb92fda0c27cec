import type { Program } from '../program';

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 };
/** Exit code when time ran out. */
const TIMED_OUT = 124;

/** timeout DURATION COMMAND [ARGUMENT...]: ends a program when its time, by the cluster's clock, is over. */
export const timeout: Program = function* (context) {
  const args = [...context.args];
  while (/^-(f|p|v|k|s|-foreground|-preserve-status|-verbose|-(signal|kill-after)(=.*)?)/.test(args[0] ?? ''))
    args.splice(0, /^(-[ks]|--signal|--kill-after)$/.test(args[0]!) ? 2 : 1);
  const [duration, ...words] = args;
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(duration ?? '');
  if (duration === undefined || words.length === 0 || !match) {
    const wrong = duration === undefined || words.length === 0 ? 'missing operand' : `invalid time interval '${duration}'`;
    context.stderr(`timeout: ${wrong}\nTry 'timeout --help' for more information.\n`);
    return 125;
  }
  const { shell, machine, directory, env, stdin, stdout, stderr } = context;
  if (!shell.knows(machine, words[0]!)) {
    stderr(`timeout: failed to run command '${words[0]}': No such file or directory\n`);
    return 127;
  }
  const limit = Number(match[1]) * UNITS[(match[2] || 's') as keyof typeof UNITS] * 1000;
  const frame = { ...shell.newFrame(machine), directory, variables: { ...env } };
  const program = shell.program(frame, words, { stdout, stderr, ...(stdin === undefined ? {} : { stdin }) });
  // no time is no limit
  if (limit === 0) return yield* program;
  const until = shell.world.now() + limit;
  try {
    for (;;) {
      const step = program.next();
      if (step.done) return step.value;
      if (shell.world.now() >= until) return TIMED_OUT;
      const wake = step.value.until;
      yield {
        until: wake === undefined ? until : Math.min(wake, until),
        change: wake === undefined || step.value.change === true,
      };
    }
  } finally {
    program.return(TIMED_OUT);
  }
};
