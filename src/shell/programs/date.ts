import type { Program } from '../program';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const pad = (number: number, width = 2, fill = '0'): string => String(number).padStart(width, fill);

/** What each letter after % stands for, in UTC. Reference: date(1) of GNU coreutils. */
const FIELDS: Record<string, (at: Date) => string> = {
  a: (at) => DAYS[at.getUTCDay()]!.slice(0, 3),
  A: (at) => DAYS[at.getUTCDay()]!,
  b: (at) => MONTHS[at.getUTCMonth()]!.slice(0, 3),
  B: (at) => MONTHS[at.getUTCMonth()]!,
  d: (at) => pad(at.getUTCDate()),
  D: (at) => formatted(at, '%m/%d/%y'),
  e: (at) => pad(at.getUTCDate(), 2, ' '),
  F: (at) => formatted(at, '%Y-%m-%d'),
  H: (at) => pad(at.getUTCHours()),
  I: (at) => pad(at.getUTCHours() % 12 || 12),
  j: (at) => pad(1 + Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0)) / 86_400_000), 3),
  m: (at) => pad(at.getUTCMonth() + 1),
  M: (at) => pad(at.getUTCMinutes()),
  n: () => '\n',
  N: (at) => pad(at.getUTCMilliseconds() * 1_000_000, 9),
  p: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
  R: (at) => formatted(at, '%H:%M'),
  s: (at) => String(Math.floor(at.getTime() / 1000)),
  S: (at) => pad(at.getUTCSeconds()),
  t: () => '\t',
  T: (at) => formatted(at, '%H:%M:%S'),
  u: (at) => String(at.getUTCDay() || 7),
  y: (at) => pad(at.getUTCFullYear() % 100),
  Y: (at) => String(at.getUTCFullYear()),
  z: () => '+0000',
  Z: () => 'UTC',
  '%': () => '%',
};

function formatted(at: Date, format: string): string {
  return format.replace(/%(.)/gs, (all, letter: string) => FIELDS[letter]?.(at) ?? all);
}

const FORMATS: Record<string, string> = {
  '-I': '%F',
  '-Idate': '%F',
  '-Iseconds': '%FT%T+00:00',
  '--iso-8601': '%F',
  '--iso-8601=date': '%F',
  '--iso-8601=seconds': '%FT%T+00:00',
  '-R': '%a, %d %b %Y %T %z',
  '--rfc-email': '%a, %d %b %Y %T %z',
};

/** date [-u] [-d @SECONDS] [-I | -R | +FORMAT]: the cluster's time, since the machines of the cluster have no other. */
export const date: Program = function* ({ args, shell, stdout, stderr }) {
  let at = new Date(shell.world.now());
  let format = '%a %b %e %T %Z %Y';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '-u' || arg === '--utc') continue;
    if (arg.startsWith('+')) format = arg.slice(1);
    else if (Object.hasOwn(FORMATS, arg)) format = FORMATS[arg]!;
    else if (/^(-d|--date(=.*)?)$/s.test(arg)) {
      const text = arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : (args[++i] ?? '');
      const seconds = /^@(-?\d{1,11})$/.exec(text)?.[1];
      if (seconds === undefined) {
        stderr(`date: this simulator does not read the date '${text}', only @SECONDS\n`);
        return 1;
      }
      at = new Date(Number(seconds) * 1000);
    } else {
      stderr(`date: this simulator does not know '${arg}'\n`);
      return 1;
    }
  }
  stdout(`${formatted(at, format)}\n`);
  return 0;
};
