import { expect, it } from 'vitest';
import { runLine } from './drive';
import { createLab } from './lab';
import { getScenario } from './scenarios';
import type { Goal } from './types';

const words = { ko: '', en: '' };
const asking = (from: string, address: string): Goal => ({
  id: `${from} ${address}`,
  title: words,
  checks: [{ kind: 'probe', from, protocol: 'TCP', address, port: 443, outcome: 'refused', failure: words }],
  hints: [words, words, words],
  solution: [],
});

const pod = (name: string, spec: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: a\n    image: busybox:1.36\n    command: [sleep, "3600"]\n${spec}`;

it.each([false, true])('looks names up as the host would, and leaves nothing behind (CoreDNS in pods: %s)', async (addons) => {
  const base = getScenario('clusterip');
  const lab = createLab({
    ...base,
    addons,
    manifests: [
      pod('plain', ''),
      pod('outside', '  dnsPolicy: None\n  dnsConfig:\n    nameservers: [192.0.2.1]\n'),
      pod('aliased', '  hostAliases:\n  - ip: 10.96.0.1\n    hostnames: [front]\n'),
    ],
    goals: [
      asking('pod:default/plain', 'name:kubernetes'),
      asking('pod:default/plain', 'name:kubernetes.other'),
      asking('pod:default/outside', 'name:kubernetes.default.svc.cluster.local'),
      asking('pod:default/aliased', 'name:front'),
    ],
  });
  lab.advance(60_000);
  const found = lab.getSnapshot().goals.map(({ trace }) => trace?.destination);
  expect(found).toEqual(['10.96.0.1', undefined, undefined, '10.96.0.1']);
  const nodes = ['node-1', 'node-2', 'node-3'].map((node) => `ssh ${node} conntrack -L -p udp`);
  expect((await runLine(lab, nodes.join('; '))).stdout).toBe('');
});

it.each([5, 7, 61])('looks again when rules change although nothing is written, seen every %i ms', async (step) => {
  const lab = createLab(getScenario('ending-pods'));
  const seen = () => lab.getSnapshot().goals.find(({ goal }) => goal.id === 'cart-without-loss');
  const [last = '', ...before] = seen()?.goal.solution.toReversed() ?? [];
  for (const line of before.reverse()) await runLine(lab, line);
  void lab.terminal.run(last);
  for (let time = 0; time < 40_000; time += step) {
    lab.advance(step);
    seen();
  }
  expect(seen()?.passed).toBe(true);
});
