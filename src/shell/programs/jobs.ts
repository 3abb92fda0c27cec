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

/** kill [-SIGNAL] %JOB|PID...: every signal ends a program of this simulator. */
export const kill: Program = function* (context) {
  const names = context.args.filter((word) => !/^-[A-Z0-9]/.test(word));
  if (names.length === 0) {
    context.stderr('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
    return 2;
  }
  const { background } = context.shell.frame;
  let exit = 0;
  for (const name of names) {
    const job = background.find(name);
    if (job?.exit === undefined && job) job.stop();
    else {
      exit = 1;
      context.stderr(name.startsWith('%') ? `bash: kill: ${name}: no such job\n` : `bash: kill: (${name}) - No such process\n`);
    }
  }
  return exit;
};

/** wait [%JOB|PID...]: until they, or all jobs, have ended. */
export const wait: Program = function* (context) {
  const { background } = context.shell.frame;
  const chosen = context.args.length > 0 ? context.args.map((name) => background.find(name)) : background.running;
  let exit = 0;
  for (const job of chosen) {
    if (!job) {
      context.stderr(`bash: wait: ${context.args[0] ?? ''}: no such job\n`);
      return 127;
    }
    exit = yield* waitFor(job.ended, waker(context));
  }
  return context.args.length > 0 ? exit : 0;
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
