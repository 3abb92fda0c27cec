import type { Program, ProgramContext } from '../program';

/** What a container's process is given, in the order of its runtime, then what the shell exported. */
function environment({ machine, env }: ProgramContext): Record<string, string> {
  const { HOME: home, ...given } = machine.env;
  return { ...given, ...(home === undefined ? {} : { HOME: home }), ...env };
}

export const printenv: Program = function* (context) {
  const all = environment(context);
  if (context.args.length === 0) {
    for (const [name, value] of Object.entries(all)) context.stdout(`${name}=${value}\n`);
    return 0;
  }
  let exit = 0;
  for (const name of context.args) {
    if (Object.hasOwn(all, name)) context.stdout(`${all[name]}\n`);
    else exit = 1;
  }
  return exit;
};

/** env alone; with a command it would only run that. */
export const env: Program = function* (context) {
  const assigned = context.args.findIndex((word) => !/^\w+=/.test(word));
  const words = assigned < 0 ? [] : context.args.slice(assigned);
  const added = Object.fromEntries(
    context.args
      .slice(0, assigned < 0 ? undefined : assigned)
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  const inner = { ...context, env: { ...context.env, ...added }, args: [] };
  if (words.length === 0) return yield* printenv(inner);
  const { shell } = context;
  const frame = { ...shell.newFrame(context.machine), directory: context.directory, variables: { ...inner.env } };
  return yield* shell.program(frame, words, context);
};
