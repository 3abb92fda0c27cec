import { pathOf } from '../shell';
import type { Program } from '../program';

export const cat: Program = function* (context) {
  const names = context.args.filter((argument) => argument === '-' || !argument.startsWith('-'));
  if (names.length === 0) names.push('-');
  let exit = 0;
  for (const name of names) {
    if (name === '-') {
      context.stdout(yield* context.readInput());
      continue;
    }
    const path = pathOf(context, name);
    const text = context.machine.files.read(path);
    if (text !== undefined) context.stdout(text);
    else {
      context.stderr(
        `cat: ${name}: ${context.machine.files.isDirectory(path) ? 'Is a directory' : 'No such file or directory'}\n`,
      );
      exit = 1;
    }
  }
  return exit;
};

export const ls: Program = function* (context) {
  const flags = context.args.filter((argument) => argument.startsWith('-')).join('');
  const named = context.args.filter((argument) => !argument.startsWith('-'));
  let exit = 0;
  for (const name of named.length > 0 ? named : ['.']) {
    const path = pathOf(context, name);
    const { files } = context.machine;
    const names = files.list(path) ?? (files.read(path) === undefined ? undefined : [name]);
    if (!names) {
      context.stderr(`ls: cannot access '${name}': No such file or directory\n`);
      exit = 2;
      continue;
    }
    const shown = names.filter((one) => flags.includes('a') || !one.startsWith('.'));
    if (named.length > 1 && files.isDirectory(path)) context.stdout(`${name}:\n`);
    if (flags.includes('l')) {
      context.stdout(`total ${shown.length}\n`);
      for (const one of shown) {
        const inner = files.isDirectory(path) ? `${path}/${one}` : path;
        const size = String(new TextEncoder().encode(files.read(inner) ?? '').length).padStart(5);
        const kind = files.isDirectory(inner) ? 'drwxr-xr-x' : '-rw-r--r--';
        context.stdout(`${kind} 1 ${context.machine.user} ${context.machine.user} ${size} ${one}\n`);
      }
    } else if (shown.length > 0) context.stdout(shown.join(flags.includes('1') ? '\n' : '  ') + '\n');
  }
  return exit;
};

export const pwd: Program = function* (context) {
  context.stdout(context.directory + '\n');
  return 0;
};

export const cd: Program = function* (context) {
  const name = context.args[0] ?? context.machine.files.home;
  const path = pathOf(context, name);
  if (!context.machine.files.isDirectory(path)) {
    const known = context.machine.files.read(path) !== undefined;
    const prefix = context.machine.shell === 'sh' ? "sh: cd: can't cd to" : 'bash: cd:';
    context.stderr(`${prefix} ${name}: ${known ? 'Not a directory' : 'No such file or directory'}\n`);
    return 1;
  }
  context.shell.frame.directory = path;
  return 0;
};

/** vi, nano and edit all open the page's manifest editor on a file and wait until it is closed. */
export const editor: Program = function* (context) {
  const name = context.args.find((argument) => !argument.startsWith('-') && !argument.startsWith('+'));
  if (name === undefined) {
    context.stderr(`usage: ${context.name} FILE\n`);
    return 1;
  }
  return yield* editFile(context, pathOf(context, name));
};

/** Opens the page's manifest editor and waits until it is closed. */
export const editFile = function* (context: Parameters<Program>[0], path: string): ReturnType<Program> {
  const { openEditor } = context.shell.options;
  if (!openEditor) {
    context.stderr(`${context.name}: no editor here\n`);
    return 1;
  }
  const closed = openEditor(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  context.stderr(`${name} is open in this page's editor. Leave it with its button, or with :wq on a line of its own.\n`);
  while (!closed()) yield {};
  return 0;
};
