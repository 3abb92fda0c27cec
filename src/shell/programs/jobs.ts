import { type Program, waitFor } from '../program';

/** Lets the waiting program go on once a job has ended. */
const waker = ({ shell }: Parameters<Program>[0]) => {
  const { jobs } = shell.options;
  return () => {
    jobs.noteChange();
    jobs.wake();
  };
};

export const jobs: Program = function* (context) {
  context.stdout(context.shell.frame.background.list());
  return 0;
};

/** From 1 on. */
const SIGNALS = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU ' +
  'URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
).split(' ');
/** Those that end no program, or let it go on. */
const MILD = new Set(['CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'WINCH']);

/** The name of a signal by name or number; `0` only asks whether the process is there. Undefined: there is none. */
function signalOf(word: string): string | undefined {
  if (/^\d+$/.test(word)) return Number(word) === 0 ? '0' : SIGNALS[Number(word) - 1];
  const name = word.toUpperCase().replace(/^SIG/, '');
  return SIGNALS.includes(name) ? name : undefined;
}

/** kill [-s SIGNAL | -n NUMBER | -SIGNAL] %JOB|PID... */
export const kill: Program = function* (context) {
  const names = [...context.args];
  if (/^-[lL]$/.test(names[0] ?? '')) {
    context.stderr('kill: this simulator does not list signals\n');
    return 1;
  }
  let word = 'TERM';
  if (/^-[sn]$/.test(names[0] ?? '')) {
    const [option = '', given] = names.splice(0, 2);
    if (given === undefined) {
      context.stderr(`bash: kill: ${option}: option requires an argument\n`);
      return 1;
    }
    word = given;
  } else if (/^-[^-]/.test(names[0] ?? '')) word = names.shift()!.slice(1);
  if (names[0] === '--') names.shift();
  const signal = signalOf(word);
  if (signal === undefined) {
    context.stderr(`bash: kill: ${word}: invalid signal specification\n`);
    return 1;
  }
  if (names.length === 0) {
    context.stderr('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
    return 2;
  }
  if (MILD.has(signal)) {
    context.stderr(`kill: this simulator does not send SIG${signal}: its signals end a program\n`);
    return 1;
  }
  const { background } = context.shell.frame;
  let exit = 0;
  for (const name of names) {
    const job = background.find(name);
    if (job && job.exit === undefined) {
      if (signal !== '0') job.stop();
    } else {
      exit = 1;
      context.stderr(name.startsWith('%') ? `bash: kill: ${name}: no such job\n` : `bash: kill: (${name}) - No such process\n`);
    }
  }
  return exit;
};

/** wait [%JOB|PID...]: until they, or all jobs, have ended. */
export const wait: Program = function* (context) {
  const { background } = context.shell.frame;
  const { args } = context;
  const chosen = args.length > 0 ? args.map((name) => background.find(name)) : background.running;
  let exit = 0;
  for (const [at, job] of chosen.entries()) {
    if (!job) {
      context.stderr(`bash: wait: ${args[at] ?? ''}: no such job\n`);
      return 127;
    }
    exit = yield* waitFor(job.ended, waker(context));
  }
  return args.length > 0 ? exit : 0;
};

/** fg [%JOB]: Ctrl-C ends the job from now on. */
export const fg: Program = function* (context) {
  const { background } = context.shell.frame;
  const job = background.find(context.args[0]);
  if (!job) {
    context.stderr(`bash: fg: ${context.args[0] ?? 'current'}: no such job\n`);
    return 1;
  }
  context.stdout(`${job.line}\n`);
  try {
    return yield* waitFor(job.ended, waker(context));
  } finally {
    job.stop();
    background.forget(job);
  }
};
