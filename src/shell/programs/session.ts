import type { Program } from '../program';

export const echo: Program = function* (context) {
  const newline = context.args[0] !== '-n';
  context.stdout((newline ? context.args : context.args.slice(1)).join(' ') + (newline ? '\n' : ''));
  return 0;
};

export const clear: Program = function* (context) {
  context.shell.options.clear?.();
  return 0;
};

export const hostname: Program = function* (context) {
  context.stdout(context.machine.hostname + '\n');
  return 0;
};

export const whoami: Program = function* (context) {
  context.stdout(context.machine.user + '\n');
  return 0;
};

export const exit: Program = function* (context) {
  const code = Number(context.args[0] ?? context.shell.frame.lastExit);
  const left = context.shell.depth > 1;
  if (!left) {
    context.stderr('There is nowhere to go from here: this is the first shell.\n');
    return 1;
  }
  const from = context.machine;
  const exit = Number.isInteger(code) ? code & 255 : 2;
  const shell = context.shell.leave();
  // a pod's chroot has bash too, but no ssh brought anybody there
  if (from.shell === 'bash' && !from.place.startsWith('pod:')) context.stderr(`logout\nConnection to ${from.hostname} closed.\n`);
  shell?.ended?.(exit, (text) => context.stdout(text));
  return exit;
};

export const sleep: Program = function* (context) {
  const seconds = { s: 1, m: 60, h: 3600 };
  let total = 0;
  for (const argument of context.args) {
    const match = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(argument);
    if (!match) {
      context.stderr(`sleep: invalid time interval '${argument}'\n`);
      return 1;
    }
    total += Number(match[1]) * seconds[(match[2] || 's') as keyof typeof seconds];
  }
  yield { until: context.shell.world.now() + total * 1000 };
  return 0;
};

export const help: Program = function* (context) {
  const names = [...context.shell.programsOf(context.machine).keys()].sort();
  context.stdout(`Programs here: ${names.join(' ')}\n`);
  context.stdout('Pipes, redirects, variables and loops work as in bash, with grep, sed, awk, jq, head, sort and their like.\n');
  context.stdout('Keys: Tab completes, Up and Ctrl-R search the history, Ctrl-C stops, Esc then Tab leaves the terminal.\n');
  return 0;
};
