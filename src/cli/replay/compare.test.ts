import { expect, it } from 'vitest';
import { compare } from './compare';
import type { Recording, Step } from './recording';

const step = (cmd: string, stdout: string, more: Partial<Step> = {}): Step => ({
  cmd,
  files: {},
  stdin: null,
  exit: 0,
  stdout,
  stderr: '',
  start: 0,
  end: 0,
  ...more,
});
const outcome = (...pairs: [cmd: string, recorded: string, actual: string, more?: Partial<Step>][]) => {
  const recording: Recording = {
    scenario: '',
    nodes: [],
    steps: pairs.map(([cmd, recorded, , more]) => step(cmd, recorded, more)),
  };
  const result = compare(
    recording,
    pairs.map(([cmd, , stdout]) => ({ cmd, exit: 0, stdout, stderr: '' })),
  );
  return [result.passed, result.failures.length];
};

it.each([
  ['ages within 2 s', 'a   3s\n', 'a   5s\n', 1],
  ['ages further apart', 'a   3s\n', 'a   6s\n', 0],
  ['a random Service address, with its column', 'a   10.111.169.28   x\n', 'a   10.99.1.2       x\n', 1],
  ['an address that is no Service’s', 'a   10.244.1.2\n', 'a   10.244.1.3\n', 0],
  ['spaces alone', 'a   b\n', 'a  b\n', 0],
  ['random suffixes', 'test-67564656c7-5c9n5\n', 'test-5d4f8c7b9d-x2lqz\n', 1],
  ['another prefix', 'test-67564656c7-5c9n5\n', 'best-5d4f8c7b9d-x2lqz\n', 0],
  ['a resourceVersion', 'resourceVersion: "95"\n', 'resourceVersion: "7"\n', 1],
  ['another number', 'replicas: 2\n', 'replicas: 3\n', 0],
  ['times', 'at 2026-11-22T08:15:08Z\n', 'at 2026-11-22T08:15:10Z\n', 1],
  ['rows ordered by a random name', 'p-abcde-x2lqz 1/1\np-abcde-zzzzz 0/1\n', 'p-abcde-bcdfg 0/1\np-abcde-x2lqz 1/1\n', 1],
  ['rows ordered otherwise', 'a 1\nb 2\n', 'b 2\na 1\n', 0],
  ['a missing line', 'a\nb\n', 'a\n', 0],
])('%s', (_what, recorded, actual, passed) => expect(outcome(['kubectl get', recorded, actual])).toEqual([passed, 1 - passed]));

it('maps random values one to one within a file', () => {
  expect(outcome(['a', 'x 10.100.0.1\n', 'x 10.100.0.9\n'], ['b', 'x 10.100.0.1\n', 'x 10.100.0.8\n'])).toEqual([1, 1]);
  expect(outcome(['a', 'x 10.100.0.1\n', 'x 10.100.0.9\n'], ['b', 'x 10.100.0.2\n', 'x 10.100.0.9\n'])).toEqual([1, 1]);
});

it('compares probes by result, kinds and sets; a single backend may be any', () => {
  const result = (backends: string[], n = 22) =>
    JSON.stringify({ result: 'mixed', counts: { answered: n, refused: 40 - n }, backends, sources: ['10.244.1.1'] });
  expect(outcome(['@flow iptables vm TCP 1.2.3.4:80', result(['p1', 'p2']), result(['p1', 'p2'], 10)])).toEqual([1, 0]);
  expect(outcome(['@flow iptables vm TCP 1.2.3.4:80', result(['p1', 'p2']), result(['p1'])])).toEqual([0, 1]);
  expect(outcome(['@flow iptables vm TCP 1.2.3.4:80 1', result(['p1']), result(['p2'])])).toEqual([1, 0]);
});

it('compares rules without the order of chains and Services, but with the order inside a chain', () => {
  const rules = (...lines: string[]) => ['*nat', ...lines, 'COMMIT'].join('\n');
  expect(
    outcome([
      '@proxy iptables node-1',
      rules('-A KUBE-SERVICES -j A', '-A KUBE-SERVICES -j B'),
      rules('-A KUBE-SERVICES -j B', '-A KUBE-SERVICES -j A'),
    ]),
  ).toEqual([1, 0]);
  expect(
    outcome([
      '@proxy iptables node-1',
      rules('-A KUBE-SVC-X -j A', '-A KUBE-SVC-X -j B'),
      rules('-A KUBE-SVC-X -j B', '-A KUBE-SVC-X -j A'),
    ]),
  ).toEqual([0, 1]);
});

it('leaves out racy steps and what only sets the scene', () => {
  expect(outcome(['kubectl x', 'a', 'b', { racy: true }], ['@lb test 1.2.3.4', '', 'z'])).toEqual([0, 0]);
});
