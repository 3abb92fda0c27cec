/** A piece of text with its kind; what may differ between two runs is a kind of its own. */
export interface Atom {
  kind: 'uid' | 'time' | 'ctime' | 'tmp' | 'ip' | 'age' | 'hash' | 'name' | 'num' | 'ws' | 'other';
  text: string;
}

const pattern = new RegExp(
  [
    '(?<uid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
    '(?<time>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[ ]?[+-]\\d{4})?|(?<=^[IWEF]\\d{4} )\\d\\d:\\d\\d:\\d\\d\\.\\d{6} +\\d+(?= ))', // or of a log line, with the process
    '(?<ctime>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ ](?:\\w{3}[ ]+\\d+|\\d+[ ]\\w{3})[ ]+(?:\\d{4}[ ])?\\d\\d:\\d\\d:\\d\\d(?:[ ][+-]\\d{4})?(?:[ ]\\d{4})?)',
    '(?<tmp>/tmp/[A-Za-z-]+-?\\d+(?:\\.yaml)?)',
    '(?<ip>\\d+\\.\\d+\\.\\d+\\.\\d+)',
    '(?<age>(?<![\\w.-])(?:\\d+y)?(?:\\d+d)?(?:\\d+h)?(?:\\d+m)?(?:\\d+s)?(?![\\w.-])(?<=[ydhms]))',
    '(?<hash>(?<![\\w.-])(?=[a-z0-9]*\\d)(?=[a-z0-9]*[a-z])[bcdf0-9][a-z0-9]{7,9}(?![\\w.-]))',
    '(?<name>[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*)',
    '(?<num>\\d+)',
    '(?<ws>[ \\t]+)',
    '(?<other>.)',
  ].join('|'),
  'gmsu',
);

export function atoms(text: string): Atom[] {
  const found: Atom[] = [];
  for (const match of text.matchAll(pattern)) {
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] as Atom['kind'];
    found.push({ kind, text: match[0] });
  }
  return found;
}

/** A generated name: a prefix, maybe a ReplicaSet's hash, and five random characters. */
const suffixed = /^(.*?)-(?:([0-9a-f]{5,10})-)?([bcdfghjklmnpqrstvwxz2456789]{5})$/s;
/** A name that ends in a ReplicaSet's hash. */
const hashed = /^(.*?)-([0-9bcdf][0-9a-z]{7,9})$/s;

/** What is left of a generated name without its random part; undefined when it has none. */
export function stem(name: string, how: 'suffix' | 'hash'): string | undefined {
  return (how === 'suffix' ? suffixed : hashed).exec(name)?.[1];
}

/** Addresses of the default Service range, 10.96.0.0/12. */
export function isServiceAddress(address: string): boolean {
  const [first, second] = address.split('.').map(Number);
  return first === 10 && second !== undefined && second >= 96 && second < 112;
}

export const isNodePort = (number: string): boolean => Number(number) >= 30000 && Number(number) <= 32767;

/** Seconds of an age such as `3m12s`. */
export function ageSeconds(age: string): number {
  const unit: Record<string, number> = { y: 31536000, d: 86400, h: 3600, m: 60, s: 1 };
  let seconds = 0;
  for (const [, count, letter] of age.matchAll(/(\d+)([ydhms])/g)) seconds += Number(count) * (unit[letter ?? 's'] ?? 0);
  return seconds;
}

/** The text with every random atom replaced by its kind: for comparing rows whose order is random. */
export function blank(text: string): string {
  return atoms(text)
    .map(({ kind, text: value }) => {
      if (['uid', 'time', 'ctime', 'tmp', 'age', 'hash'].includes(kind)) return `<${kind}>`;
      if (kind === 'ip' && isServiceAddress(value)) return '<svcip>';
      if (kind === 'num' && isNodePort(value)) return '<port>';
      if (kind === 'ws') return ' ';
      if (kind !== 'name') return value;
      const suffix = stem(value, 'suffix');
      if (suffix !== undefined) return `${suffix}-<r>`;
      const hash = stem(value, 'hash');
      return hash !== undefined && /\d/.test(value.slice(hash.length + 1)) ? `${hash}-<r>` : value;
    })
    .join('');
}
