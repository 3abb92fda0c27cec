import { deflateRawSync } from 'node:zlib';
import type { ShareProblem } from '../../../src/lab/share';

/** What follows `#lab=` in an address, and what is wrong with it. */
export interface HostileLink {
  what: string;
  text: string;
  problem: ShareProblem;
}

const packed = (text: string | Buffer) => `1.${deflateRawSync(text).toString('base64url')}`;
const json = (value: unknown) => packed(JSON.stringify(value));

const lab = { version: 1, scenario: 'clusterip', digest: '0123456789abcdef', time: 1000, actions: [] as unknown[] };
const good = json(lab);
const damaged = (what: string, text: string): HostileLink => ({ what, text, problem: 'damaged' });
const action = (value: unknown) => damaged(`an action ${JSON.stringify(value).slice(0, 50)}`, json({ ...lab, actions: [value] }));

/** Texts of links that are no labs: cut off, swollen, of other versions, of wrong shapes. */
export const hostileLinks: readonly HostileLink[] = [
  damaged('nothing', ''),
  damaged('a version alone', '1.'),
  damaged('no version', good.slice(2)),
  ...[0.2, 0.5, 0.9].map((part) => damaged(`${part} of a link`, good.slice(0, Math.floor(good.length * part)))),
  damaged('a link with letters that base64 has not', `${good}<script>`),
  damaged('a link with blanks', `${good.slice(0, 9)} ${good.slice(9)}`),
  damaged('a percent sign', '1.%'),
  damaged('zeros', `1.${'A'.repeat(1000)}`),
  damaged('ESC', '1.\u001b]0;x\u0007'),
  damaged('JSON as it is', `1.${JSON.stringify(lab)}`),
  damaged('gzip', `1.${Buffer.from('1f8b0800000000000003', 'hex').toString('base64url')}`),
  { what: 'a later version', text: '2.abc', problem: 'version' },
  { what: 'a version of many digits', text: `${'9'.repeat(1000)}.abc`, problem: 'version' },
  { what: 'version 01', text: `0${good}`, problem: 'version' },
  damaged('version -1', `-${good}`),
  damaged('version 1.5', good.replace('1.', '1.5.')),
  { what: 'more than 16 KiB', text: `1.${'A'.repeat(16 * 1024)}`, problem: 'too-long' },
  { what: 'ten megabytes', text: `1.${'A'.repeat(10_000_000)}`, problem: 'too-long' },
  { what: 'a bomb of 8 MiB', text: packed(Buffer.alloc(8 * 1024 * 1024, 0x20)), problem: 'too-long' },
  { what: 'a bomb of brackets', text: packed('['.repeat(4 * 1024 * 1024)), problem: 'too-long' },
  { what: 'a byte more than 256 KiB', text: packed(' '.repeat(256 * 1024 + 1)), problem: 'too-long' },
  damaged('256 KiB of blanks', packed(' '.repeat(256 * 1024))),
  damaged('250,000 brackets', packed('['.repeat(250_000))),
  damaged('no UTF-8', packed(Buffer.from([0xff, 0xfe, 0x7b, 0x7d]))),
  ...[null, true, 1, 'text', [], {}, [lab]].map((value) => damaged(`JSON ${JSON.stringify(value).slice(0, 20)}`, json(value))),
  damaged('another version of the lab', json({ ...lab, version: 2 })),
  damaged('a version that is a text', json({ ...lab, version: '1' })),
  damaged('no digest', json({ ...lab, digest: undefined })),
  damaged('a scenario that is a list', json({ ...lab, scenario: ['clusterip'] })),
  damaged('a time below zero', json({ ...lab, time: -1 })),
  damaged('a time of 1e300', json({ ...lab, time: 1e300 })),
  damaged('a time of 1e999', packed(JSON.stringify(lab).replace('1000', '1e999'))),
  damaged('a time that is a text', json({ ...lab, time: '1000' })),
  damaged('actions that are a map', json({ ...lab, actions: { length: 1 } })),
  damaged('1,001 actions', json({ ...lab, actions: Array(1001).fill({ at: 1, kind: 'interrupt' }) })),
  damaged(
    'actions out of order',
    json({
      ...lab,
      actions: [
        { at: 2, kind: 'close' },
        { at: 1, kind: 'close' },
      ],
    }),
  ),
  damaged('an action after the end', json({ ...lab, actions: [{ at: 2000, kind: 'close' }] })),
  action(null),
  action('run'),
  action([]),
  action({ at: 1 }),
  action({ at: 1, kind: 'eval', line: 'alert(1)' }),
  action({ at: 1, kind: 'toString' }),
  action({ at: 1, kind: '__proto__' }),
  action({ at: 1, kind: 'constructor' }),
  action({ at: 1, kind: ['run'], line: 'x' }),
  action({ at: 1, kind: 'run' }),
  action({ at: 1, kind: 'run', line: 7 }),
  action({ at: 1, kind: 'run', line: { toString: 'x' } }),
  action({ at: 'now', kind: 'run', line: 'x' }),
  action({ at: 1, kind: 'run', line: 'x', idle: 'yes' }),
  action({ at: 1, kind: 'write', name: 'a' }),
  action({ at: 1, kind: 'write', name: ['..'], text: '' }),
  action({ at: 1, kind: 'connect', from: 'vm', protocol: 'ICMP', address: '10.96.0.1', port: 80 }),
  action({ at: 1, kind: 'connect', from: 'vm', protocol: 'TCP', address: '10.96.0.1', port: 1e9 }),
  action({ at: 1, kind: 'connect', from: 'vm', protocol: 'TCP', address: 1, port: 80 }),
];

/** Actions of the right shape that a link may bring: played when the reader asks for it, and then as harmless as typed. */
export const hostileActions: readonly (readonly Record<string, unknown>[])[] = [
  [{ kind: 'run', line: 'while true; do :; done' }],
  [{ kind: 'run', line: `kubectl patch svc kubernetes -p '{"__proto__":{"polluted":"yes"}}'` }],
  [{ kind: 'run', line: 'cat' }, { kind: 'typed', line: '\u001b]0;x\u0007' }, { kind: 'end' }],
  [{ kind: 'run', line: 'sleep 1000000000' }],
  [{ kind: 'run', line: 'echo \u001b]0;x\u0007\u202e\u009b31m' }],
  [{ kind: 'interrupt' }, { kind: 'end' }, { kind: 'typed', line: 'kubectl delete pods --all' }],
  [
    { kind: 'write', name: '../../etc/passwd', text: 'x' },
    { kind: 'run', line: 'cat /etc/passwd' },
  ],
  [
    { kind: 'write', name: '__proto__', text: 'polluted' },
    { kind: 'apply', file: '__proto__' },
  ],
  [{ kind: 'apply', file: '/dev/null' }, { kind: 'apply', file: '' }, { kind: 'close' }],
  [{ kind: 'apart', line: 'kubectl edit svc kubernetes' }, { kind: 'close' }],
  [{ kind: 'connect', from: 'vm', protocol: 'TCP', address: '10.96.0.1', port: 443 }],
];
