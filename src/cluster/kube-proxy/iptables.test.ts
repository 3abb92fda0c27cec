import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRuleset, renderRuleset } from '../linux/table';
import { serviceChain } from './chain-names';
import { iptablesRules } from './iptables';
import { servicePorts } from './service';

// Rules that a real kube-proxy 1.36.2 wrote (NAME.txt) for the objects of NAME.json.
const testdata = new URL('testdata/', import.meta.url);
const cases = readdirSync(testdata)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -'.txt'.length));

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

function load(name: string) {
  const { node, services, slices } = JSON.parse(readFileSync(new URL(`${name}.json`, testdata), 'utf8'));
  const ports = services.flatMap((service: { metadata: { name: string } }) =>
    servicePorts(
      service as never,
      slices.filter(
        (s: { metadata: { labels: Record<string, string> } }) =>
          s.metadata.labels['kubernetes.io/service-name'] === service.metadata.name,
      ),
    ),
  );
  const input = { node: { name: node, ip: `192.168.0.1${node.slice(-1)}` }, clusterCIDR: '10.244.0.0/16', ports };
  return { input, real: readFileSync(new URL(`${name}.txt`, testdata), 'utf8') };
}

describe('rules of kube-proxy in iptables mode', () => {
  it.each(cases)('%s', (name) => {
    const { input, real } = load(name);
    expect(comparable(renderRuleset(iptablesRules(input), 0))).toEqual(comparable(real));
  });

  it('takes the same chain names as kube-proxy', () => {
    expect(serviceChain('SVC', 'default/kubernetes:https', 'tcp')).toBe('KUBE-SVC-NPX46M4PTMTKRN6Y');
  });
});

describe('iptables-save text', () => {
  it.each(cases)('is read and written back unchanged: %s', (name) => {
    const { real } = load(name);
    const time = Date.parse(/on (.*)/.exec(real)![1]! + ' UTC');
    expect(renderRuleset(parseRuleset(real), time)).toBe(real);
  });

  it('limits itself to one table', () => {
    const { real } = load('nodeport');
    const filter = renderRuleset(parseRuleset(real), 0, 'filter');
    expect(filter).toContain('*filter');
    expect(filter).not.toContain('*nat');
  });

  it('refuses what it would not run', () => {
    expect(() => parseRuleset('*nat\n-A PREROUTING -m geoip --src-cc KR -j DROP\nCOMMIT\n')).toThrow(/does not run/);
  });
});
