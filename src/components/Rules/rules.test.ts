import { describe, expect, it } from 'vitest';
import { createLab } from '../../lab';
import { getScenario } from '../../lab/scenarios';
import type { Lab } from '../../lab/types';
import { stepsOf } from '../trace/steps';
import { declares, kindOf } from './kinds';
import { lineKey, matchesOf } from './matches';
import { ownerOf } from './owner';
import { piecesOf } from './pieces';
import { readRules } from './ruleset';
import { fieldsOf } from './why';

async function nodePortLab(): Promise<Lab> {
  const lab = createLab(getScenario('nodeport')!);
  await lab.apply('test-nodeport.yaml');
  lab.advance(5000);
  return lab;
}

const withMode = async (mode: 'iptables' | 'nftables') => {
  const lab = await nodePortLab();
  const { network } = (lab as unknown as { cluster: { network: { setProxyMode(mode: string): void } } }).cluster;
  network.setProxyMode(mode);
  lab.advance(5000);
  const trace = lab.connect({ from: 'internet', protocol: 'TCP', address: '192.168.0.11', port: 30088 });
  return { lab, trace, rules: lab.rulesOf('node-1')! };
};

describe.each(['iptables', 'nftables'] as const)('the rules of a node in %s mode', (mode) => {
  it('hold every rule that a packet met there, in order', async () => {
    const { trace, rules } = await withMode(mode);
    expect(rules.mode).toBe(mode);
    const tables = readRules(rules);
    const steps = stepsOf(trace);
    const { lines, gone } = matchesOf(tables, trace, steps, 'node:node-1');
    expect(gone).toBe(0);
    const dnat = steps.findIndex(({ changed }) => changed.destination);
    const texts = tables.flatMap(({ chains }) =>
      chains.flatMap((chain) =>
        chain.lines.flatMap((line, at) => (lines.get(lineKey(chain, at)) ?? []).map((match) => ({ ...match, text: line.text }))),
      ),
    );
    const last = texts.filter(({ step }) => step === dnat).sort((a, b) => b.order - a.order)[0];
    expect(last?.text).toMatch(
      mode === 'iptables' ? /-j DNAT --to-destination 10\.244\.\d\.2:5000$/ : /dnat ip to numgen random/,
    );
    expect(last?.label).toBe(`${dnat + 1}.${last!.order + 1}`);
  });

  it('all have a reason, and those of a Service the field they come from', async () => {
    const { lab, rules } = await withMode(mode);
    const { services } = lab.getSnapshot();
    const all = readRules(rules).flatMap(({ chains }) => chains.flatMap((chain) => chain.lines.map((line) => ({ chain, line }))));
    expect(all.filter(({ chain, line }) => !declares(line) && kindOf(line, chain) === undefined)).toEqual([]);
    const fields = all.flatMap(({ chain, line }) => {
      const owner = ownerOf(line, chain, services);
      const kind = kindOf(line, chain);
      return kind && owner?.service.metadata.name === 'test' ? fieldsOf(kind, owner).map(({ text }) => text) : [];
    });
    expect(fields).toEqual(
      expect.arrayContaining([
        'spec.ports[0].nodePort: 30088',
        'spec.ports[0].port: 30001',
        'spec.ports[0].targetPort: 5000',
        'spec.externalTrafficPolicy: Cluster',
        'spec.selector: app=test',
      ]),
    );
  });

  it('show the values that other widgets show', async () => {
    const { lab, rules } = await withMode(mode);
    const { services } = lab.getSnapshot();
    const links = new Set<string>();
    for (const chain of readRules(rules).flatMap(({ chains }) => chains)) {
      for (const line of chain.lines) {
        const pieces = piecesOf(line, chain, ownerOf(line, chain, services), services, new Set([chain.name]));
        expect(pieces.map(({ text }) => text).join('')).toBe(line.text);
        for (const { link } of pieces) if (link) links.add(`${link.part} ${link.value}`);
      }
    }
    const ip = services.find(({ metadata }) => metadata.name === 'test')!.spec.clusterIP;
    expect([...links]).toEqual(expect.arrayContaining(['nodePort 30088', 'port 30001', 'targetPort 5000', `clusterIP ${ip}`]));
  });
});

describe('traffic policies', () => {
  it('are named where they make the difference', async () => {
    const lab = await nodePortLab();
    const text = lab.getSnapshot().files['test-nodeport.yaml']!;
    lab.writeFile(
      'test-nodeport.yaml',
      text.replace('type: NodePort', 'type: NodePort\n  externalTrafficPolicy: Local\n  sessionAffinity: ClientIP'),
    );
    expect((await lab.apply('test-nodeport.yaml')).exit).toBe(0);
    lab.advance(5000);
    const kinds = (node: string) =>
      readRules(lab.rulesOf(node)!).flatMap(({ chains }) =>
        chains.flatMap((chain) => chain.lines.map((line) => kindOf(line, chain))),
      );
    expect(kinds('node-1')).toEqual(
      expect.arrayContaining(['localPods', 'localMasquerade', 'localRoute', 'toLocal', 'sticky', 'dnatSticky']),
    );
    expect(kinds('node-3')).toContain('noLocalEndpoints');
    expect([...kinds('node-1'), ...kinds('node-3')]).not.toContain(undefined);
    expect(lab.rulesOf('node-9')).toBeUndefined();
  });
});
