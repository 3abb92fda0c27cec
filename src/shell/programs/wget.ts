import type { Program } from '../program';
import { curl } from './curl';

/** BusyBox's wget, as far as pages are printed with it: `wget -qO- [-T SECONDS] URL`. */
export const wget: Program = function* (context) {
  let url: string | undefined;
  let timeout: string | undefined;
  let prints = false;
  const args = [...context.args];
  for (let argument = args.shift(); argument !== undefined; argument = args.shift()) {
    const output = /^-q?O(.*)$/.exec(argument);
    const wait = /^-q?T(.*)$/.exec(argument);
    if (output) prints = (output[1] || args.shift()) === '-';
    else if (wait) timeout = wait[1] || args.shift();
    else if (argument.startsWith('--timeout=')) timeout = argument.slice('--timeout='.length);
    else if (!argument.startsWith('-')) url = argument;
    else if (argument !== '-q' && argument !== '--quiet') {
      context.stderr(`wget: this simulator does not know the option "${argument}"\n`);
      return 1;
    }
  }
  if (url === undefined || !prints) {
    context.stderr('usage: wget -qO- [-T SECONDS] URL   (this simulator prints pages and saves none)\n');
    return 1;
  }
  const host = url.replace(/^\w+:\/\//, '').replace(/[/?].*$/, '');
  const exit = yield* curl({
    ...context,
    name: 'curl',
    args: ['-s', '-f', ...(timeout === undefined ? [] : ['--max-time', timeout]), url],
    stderr: () => undefined,
  });
  if (exit === 0) return 0;
  const why: Record<number, string> = {
    6: `bad address '${host}'`,
    7: `can't connect to remote host (${host}): Connection refused`,
    22: 'server returned error: HTTP/1.1 404 Not Found',
    28: 'download timed out',
  };
  context.stderr(`wget: ${why[exit] ?? 'error getting response'}\n`);
  return 1;
};
