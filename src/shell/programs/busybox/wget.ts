import type { Program, ProgramContext } from '../../program';
import { CurlConnections } from '../curl-connections';
import { type CurlOptions, parseCurl } from '../curl-options';
import { transfer } from '../curl';
import { pathOf } from '../../shell';

/** BusyBox's wget [-q] [-S] [-O FILE] [-T SECONDS] [--spider] [--header TEXT] [--post-data TEXT] URL. */
export const wget: Program = function* (context) {
  const options = read(context.args);
  if (typeof options === 'string') {
    context.stderr(
      `${options}\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...\n`,
    );
    return 1;
  }
  let exit = 0;
  for (const url of options.urls) exit = yield* fetchOne(context, options, url);
  return exit;
};

interface WgetOptions {
  urls: string[];
  quiet: boolean;
  spider: boolean;
  showHeaders: boolean;
  /** --no-check-certificate: no note that certificates are never checked */
  unchecked: boolean;
  output?: string;
  timeout?: string;
  headers: string[];
  post?: string;
}

function* fetchOne(context: ProgramContext, options: WgetOptions, url: string): ReturnType<Program> {
  const old = context.machine.image?.userland === 'busybox-old';
  const say = (line: string) => {
    if (!options.quiet) context.stderr(`${line}\n`);
  };
  const full = url.includes('://') ? url : `http://${url}`;
  const authority = full.replace(/^\w+:\/\//, '').replace(/[/?#].*$/, '');
  const [host = '', port = full.startsWith('https:') ? '443' : '80'] = authority.split(':');
  let page = '';
  const request = parseCurl([
    '-k',
    '--http1.1',
    ...(options.timeout === undefined ? [] : ['--max-time', options.timeout]),
    ...['Host: ' + authority, 'User-Agent: Wget', 'Accept:', 'Connection: close', ...options.headers].flatMap((each) => [
      '-H',
      each,
    ]),
    ...(options.post === undefined ? [] : ['-d', options.post]),
    full,
  ]) as CurlOptions;
  const one = new CurlConnections(
    true,
    false,
    () => context.shell.world.now(),
    () => undefined,
  );
  const outcome = yield* transfer({ ...context, stdout: (text) => (page += text), stderr: () => undefined }, request, full, one);
  if (outcome.exit === 6) {
    context.stderr(`wget: bad address '${authority}'\n`);
    return 1;
  }
  say(`Connecting to ${host} (${outcome.address}:${port})`);
  // -q does not silence it: busybox networking/wget.c, spawn_ssl_client
  if (full.startsWith('https:') && outcome.exit !== 7 && !options.unchecked)
    context.stderr('wget: note: TLS certificate validation not implemented\n');
  if (outcome.exit === 7 || (outcome.exit === 28 && options.timeout === undefined)) {
    context.stderr(`wget: can't connect to remote host (${outcome.address}): ${outcome.reason ?? 'Connection refused'}\n`);
    return 1;
  }
  if (outcome.exit !== 0) {
    context.stderr(`wget: ${outcome.exit === 28 ? 'download timed out' : 'error getting response'}\n`);
    return 1;
  }
  if (options.showHeaders) for (const line of outcome.head ?? []) context.stderr(`  ${line}\n`);
  if (outcome.status >= 400) {
    context.stderr(`wget: server returned error: ${outcome.head?.[0] ?? ''}\n`);
    return 1;
  }
  if (options.spider) {
    if (!old) say('remote file exists');
    return 0;
  }
  const name = options.output ?? (/\/([^/?#]+)(?:[?#].*)?$/.exec(full.replace(/^\w+:\/\/[^/]*/, ''))?.[1] || 'index.html');
  const [saving, saved] = name === '-' ? ['writing to stdout', 'written to stdout'] : [`saving to '${name}'`, `'${name}' saved`];
  if (!old) say(saving);
  if (name === '-') context.stdout(page);
  else context.machine.files.write(pathOf(context, name), page);
  const size = String(new TextEncoder().encode(page).length).padStart(5);
  say(`${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${size}  0:00:00 ETA`);
  if (!old) say(saved);
  return 0;
}

/** Reads wget's command line; a string is its own complaint. */
function read(args: readonly string[]): WgetOptions | string {
  const options: WgetOptions = { urls: [], quiet: false, spider: false, showHeaders: false, unchecked: false, headers: [] };
  const queue = [...args];
  const take = (value: string | undefined) => (value !== undefined && value !== '' ? value : (queue.shift() ?? ''));
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!word.startsWith('-')) {
      options.urls.push(word);
      continue;
    }
    const [, long, value] = /^--([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (long !== undefined) {
      if (long === 'quiet') options.quiet = true;
      else if (long === 'spider') options.spider = true;
      else if (long === 'server-response') options.showHeaders = true;
      else if (long === 'timeout') options.timeout = take(value);
      else if (long === 'output-document') options.output = take(value);
      else if (long === 'header') options.headers.push(take(value));
      else if (long === 'post-data') options.post = take(value);
      else if (long === 'no-check-certificate') options.unchecked = true;
      else return `wget: unrecognized option: ${word.slice(2)}`;
      continue;
    }
    for (let rest = word.slice(1); rest !== '';) {
      const flag = rest[0] ?? '';
      rest = rest.slice(1);
      if (flag === 'q') options.quiet = true;
      else if (flag === 'S') options.showHeaders = true;
      else if (flag === 'c') continue;
      else if (flag === 'O' || flag === 'T') {
        options[flag === 'O' ? 'output' : 'timeout'] = take(rest);
        rest = '';
      } else return `wget: unrecognized option: ${flag}`;
    }
  }
  if (options.timeout !== undefined && !/^\d+$/.test(options.timeout)) return `wget: invalid number '${options.timeout}'`;
  return options.urls.length === 0 ? 'wget: missing URL' : options;
}
