/** The options of curl that this simulator knows. */
export interface CurlOptions {
  urls: string[];
  silent: boolean;
  showError: boolean;
  verbose: boolean;
  include: boolean;
  head: boolean;
  fail: boolean;
  method?: string;
  headers: string[];
  data?: string;
  /** Certificates are not checked. */
  insecure: boolean;
  /** A file of certificates to trust instead of the machine's own. */
  cacert?: string;
  output?: string;
  writeOut?: string;
  /** Milliseconds. */
  maxTime?: number;
  connectTimeout?: number;
  /** Brackets and braces in URLs are what they are. */
  globOff: boolean;
  /** Transfers side by side. */
  parallel: boolean;
  /** ms between the beginnings of two transfers. */
  interval: number;
  http: '1.0' | '1.1' | '2';
}

type Setter = (options: CurlOptions, value: string) => string | undefined;

const seconds =
  (field: 'maxTime' | 'connectTimeout'): Setter =>
  (options, value) => {
    if (!/^\d*\.?\d+$/.test(value)) return 'expected a proper numerical parameter';
    options[field] = Number(value) * 1000;
    return undefined;
  };
const set =
  (change: (options: CurlOptions, value: string) => void): Setter =>
  (options, value) => {
    change(options, value);
    return undefined;
  };

/** ms */
const RATE_UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const flags: Record<string, (options: CurlOptions) => void> = {
  s: (o) => (o.silent = true),
  silent: (o) => (o.silent = true),
  S: (o) => (o.showError = true),
  'show-error': (o) => (o.showError = true),
  v: (o) => (o.verbose = true),
  verbose: (o) => (o.verbose = true),
  i: (o) => (o.include = true),
  include: (o) => (o.include = true),
  'show-headers': (o) => (o.include = true),
  I: (o) => (o.head = true),
  head: (o) => (o.head = true),
  f: (o) => (o.fail = true),
  fail: (o) => (o.fail = true),
  k: (o) => (o.insecure = true),
  insecure: (o) => (o.insecure = true),
  L: () => undefined,
  location: () => undefined,
  '4': () => undefined,
  ipv4: () => undefined,
  N: () => undefined,
  'no-buffer': () => undefined,
  g: (o) => (o.globOff = true),
  globoff: (o) => (o.globOff = true),
  Z: (o) => (o.parallel = true),
  parallel: (o) => (o.parallel = true),
  '0': (o) => (o.http = '1.0'),
  'http1.0': (o) => (o.http = '1.0'),
  'http1.1': (o) => (o.http = '1.1'),
  http2: (o) => (o.http = '2'),
};

const valued: Record<string, Setter> = {
  m: seconds('maxTime'),
  'max-time': seconds('maxTime'),
  'connect-timeout': seconds('connectTimeout'),
  o: set((o, value) => (o.output = value)),
  output: set((o, value) => (o.output = value)),
  A: set((o, value) => o.headers.push(`User-Agent: ${value}`)),
  'user-agent': set((o, value) => o.headers.push(`User-Agent: ${value}`)),
  w: set((o, value) => (o.writeOut = value)),
  'write-out': set((o, value) => (o.writeOut = value)),
  H: set((o, value) => o.headers.push(value)),
  header: set((o, value) => o.headers.push(value)),
  X: set((o, value) => (o.method = value)),
  request: set((o, value) => (o.method = value)),
  d: set((o, value) => (o.data = o.data === undefined ? value : `${o.data}&${value}`)),
  data: set((o, value) => (o.data = o.data === undefined ? value : `${o.data}&${value}`)),
  rate: (options, value) => {
    const [, count = '', each = '1', unit = 's'] = /^(\d+)(?:\/(\d+)?([smhd]))?$/.exec(value) ?? [];
    // Upstream: src/tool_getparam.c, set_rate
    if (count === '') return 'expected a proper numerical parameter';
    if (Number(count) === 0) return 'the given option requires a positive number';
    options.interval = (Number(each) * RATE_UNITS[unit]!) / Number(count);
    return undefined;
  },
  cacert: set((o, value) => (o.cacert = value)),
  url: set((o, value) => o.urls.push(value)),
};

/** Reads curl's command line; a string is curl's own complaint. */
export function parseCurl(args: readonly string[]): CurlOptions | string {
  const options: CurlOptions = {
    urls: [],
    silent: false,
    showError: false,
    verbose: false,
    include: false,
    head: false,
    fail: false,
    insecure: false,
    headers: [],
    globOff: false,
    parallel: false,
    interval: 0,
    http: '2',
  };
  const queue = [...args];
  for (let argument = queue.shift(); argument !== undefined; argument = queue.shift()) {
    if (!argument.startsWith('-') || argument === '-') {
      options.urls.push(argument);
      continue;
    }
    const long = argument.startsWith('--');
    let rest = long ? '' : argument.slice(1);
    do {
      const name = long ? argument.slice(2) : rest.slice(0, 1);
      rest = rest.slice(1);
      const shown = long ? argument : `-${name}`;
      const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
      const setter = Object.hasOwn(valued, name) ? valued[name] : undefined;
      if (flag) flag(options);
      else if (setter) {
        const value = rest !== '' ? rest : queue.shift();
        rest = '';
        if (value === undefined) return `option ${shown}: requires parameter`;
        const wrong = setter(options, value);
        if (wrong !== undefined) return `option ${shown}: ${wrong}`;
      } else return `option ${shown}: is unknown`;
    } while (rest !== '');
  }
  return options;
}

/** Reads a command line with `--next`: options of each part, those that are for all of them everywhere. */
export function parseCurlParts(args: readonly string[]): CurlOptions[] | string {
  const parts: CurlOptions[] = [];
  let rest = [...args];
  while (rest.length > 0 || parts.length === 0) {
    const end = rest.findIndex((word) => word === '--next' || word === '-:');
    const part = parseCurl(end < 0 ? rest : rest.slice(0, end));
    if (typeof part === 'string') return part;
    parts.push(part);
    rest = end < 0 ? [] : rest.slice(end + 1);
  }
  const any = (name: 'silent' | 'showError' | 'verbose' | 'parallel') => parts.some((part) => part[name]);
  const interval = Math.max(...parts.map((part) => part.interval));
  const shared = {
    silent: any('silent'),
    showError: any('showError'),
    verbose: any('verbose'),
    parallel: any('parallel'),
    interval,
  };
  return parts.map((part) => ({ ...part, ...shared }));
}
