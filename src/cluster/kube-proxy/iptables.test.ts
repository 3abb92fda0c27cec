import { describe, expect, it } from 'vitest';
import { parseRuleset, renderRuleset } from '../linux/ruleset-text';
import { serviceChain } from './chain-names';
import { iptablesRules } from './iptables';
import { cases, load } from './testdata/load';

/** Rules of different Services stand in any order in these chains. */
const UNORDERED = /^-A (KUBE-SERVICES|KUBE-NODEPORTS|KUBE-EXTERNAL-SERVICES|KUBE-PROXY-FIREWALL) /;

function comparable(text: string): string[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  let table = '';
  const sorted: string[] = [];
  for (const line of lines) {
    if (line.startsWith('*')) table = line;
    if (UNORDERED.test(line)) sorted.push(`${table} ${line}`);
  }
  return [...lines.filter((line) => !UNORDERED.test(line)), ...sorted.sort()];
}

describe('rules of kube-proxy in iptables mode', () => {
  it.each(cases('txt'))('%s', (name) => {
    const { input, services, real } = load(name, 'txt');
    expect(comparable(renderRuleset(iptablesRules(input, services), 0))).toEqual(comparable(real));
  });

  it('takes the same chain names as kube-proxy', () => {
    expect(serviceChain('SVC', 'default/kubernetes:https', 'tcp')).toBe('KUBE-SVC-NPX46M4PTMTKRN6Y');
  });
});

describe('iptables-save text', () => {
  it.each(cases('txt'))('is read and written back unchanged: %s', (name) => {
    const { real } = load(name, 'txt');
    const time = Date.parse(/on (.*)/.exec(real)![1]! + ' UTC');
    expect(renderRuleset(parseRuleset(real), time)).toBe(real);
  });

  it('limits itself to one table', () => {
    const { real } = load('nodeport', 'txt');
    const filter = renderRuleset(parseRuleset(real), 0, 'filter');
    expect(filter).toContain('*filter');
    expect(filter).not.toContain('*nat');
  });

  it('refuses what it would not run', () => {
    expect(() => parseRuleset('*nat\n-A PREROUTING -m geoip --src-cc KR -j DROP\nCOMMIT\n')).toThrow(/does not run/);
  });
});
