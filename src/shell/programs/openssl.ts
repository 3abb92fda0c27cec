import { pathOf } from '../shell';
import type { Program, ProgramContext } from '../program';
import { type Certificate, readCertificate, selfSigned } from '../x509';

/** openssl req -x509 ... and openssl x509 -noout ...: enough to make a certificate for a Secret and to look at it. */
export const openssl: Program = function* (context) {
  const [command, ...args] = context.args;
  if (command === 'req') return request(context, args);
  if (command === 'x509') return show(context, args);
  if (command === 'version') {
    context.stdout('OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n');
    return 0;
  }
  context.stderr(`openssl: this simulator does "openssl req -x509" and "openssl x509 -noout", not "openssl ${command ?? ''}"\n`);
  return 1;
};

function request(context: ProgramContext, args: readonly string[]): number {
  const options = new Map<string, string>();
  const flags = new Set<string>();
  const takesValue = new Set(['days', 'newkey', 'keyout', 'out', 'subj', 'addext', 'pkeyopt', 'config', 'key']);
  for (let i = 0; i < args.length; i++) {
    const option = (args[i] ?? '').replace(/^--?/, '');
    if (takesValue.has(option)) options.set(option, args[++i] ?? '');
    else flags.add(option);
  }
  const unknown = [...flags].find((flag) => !['x509', 'nodes', 'noenc', 'new', 'sha256', 'batch'].includes(flag));
  if (unknown !== undefined) {
    context.stderr(`req: Unknown option or cipher: ${unknown}\nreq: Use -help for summary.\n`);
    return 1;
  }
  const subject = options.get('subj');
  if (
    !flags.has('x509') ||
    options.get('newkey') === undefined ||
    subject === undefined ||
    !(flags.has('nodes') || flags.has('noenc'))
  ) {
    context.stderr(
      'openssl: this simulator makes self-signed certificates only, without questions: -x509 -nodes -newkey rsa:2048 -subj "/CN=..."\n',
    );
    return 1;
  }
  const parts = subject
    .split('/')
    .filter(Boolean)
    .map((part): [string, string] => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]);
  if (!subject.startsWith('/') || parts.some(([key]) => key === '')) {
    context.stderr(
      'req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: ' +
        `'${subject}'\n`,
    );
    return 1;
  }
  const names = (/^subjectAltName\s*=\s*(.*)$/.exec(options.get('addext') ?? '')?.[1] ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^(DNS|IP):/, ''))
    .filter(Boolean);
  const notBefore = Math.floor(context.shell.world.now() / 1000) * 1000;
  const notAfter = notBefore + Number(options.get('days') ?? 30) * 86_400_000;
  const made = selfSigned({ subject: parts, names, notBefore, notAfter });
  context.stderr('..+......+.........+......+.+...+..+.............+..+.+.....+....+......+.....+.+........+.+..+++++\n-----\n');
  const files = [
    ['keyout', made.key],
    ['out', made.certificate],
  ] as const;
  for (const [option, text] of files) {
    const file = options.get(option);
    if (file === undefined) context.stdout(text);
    else context.machine.files.write(pathOf(context, file), text);
  }
  return 0;
}

function show(context: ProgramContext, args: readonly string[]): number {
  const file = args[args.indexOf('-in') + 1];
  const text = args.includes('-in') ? context.machine.files.read(pathOf(context, file ?? '')) : context.stdin;
  if (text === undefined) {
    context.stderr(
      `Could not open file or uri for loading certificate from ${file ?? 'stdin'}: No such file or directory\nUnable to load certificate\n`,
    );
    return 1;
  }
  const certificate = readCertificate(text);
  if (!certificate) {
    context.stderr(`Could not find certificate from ${file ?? '<stdin>'}\nUnable to load certificate\n`);
    return 1;
  }
  const lines: Record<string, (certificate: Certificate) => string> = {
    '-subject': ({ subject }) => `subject=${subject}\n`,
    '-issuer': ({ issuer }) => `issuer=${issuer}\n`,
    '-dates': ({ notBefore, notAfter }) => `notBefore=${date(notBefore)}\nnotAfter=${date(notAfter)}\n`,
    '-startdate': ({ notBefore }) => `notBefore=${date(notBefore)}\n`,
    '-enddate': ({ notAfter }) => `notAfter=${date(notAfter)}\n`,
    '-modulus': ({ modulus }) => `Modulus=${modulus.replace(/^00/, '').toUpperCase()}\n`,
  };
  for (const option of args) {
    if (Object.hasOwn(lines, option)) context.stdout(lines[option]!(certificate));
    else if (option === '-text') {
      context.stderr('openssl: this simulator prints -subject, -issuer, -dates and -modulus, not -text\n');
      return 1;
    }
  }
  if (!args.includes('-noout')) context.stdout(text);
  return 0;
}

/** `Nov 22 09:00:00 2026 GMT` */
function date(moment: number): string {
  const [, day = '', month = '', year = '', clock = ''] = new Date(moment).toUTCString().split(' ');
  return `${month} ${String(Number(day)).padStart(2)} ${clock} ${year} GMT`;
}
