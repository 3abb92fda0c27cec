import { expect, it } from 'vitest';
import { memoryStorage } from '../shell/testing';
import { alignMoments, objectDifferences, pairTraces, partingTime } from './compare';
import { runLine } from './drive';
import { createLab } from './lab';
import { freeName, readRuns, storeRuns, withRun } from './runs';
import { getScenario } from './scenarios';
import { requestsOf, twinWith } from './twin';

const toLocal = `kubectl patch service test -p '{"spec":{"externalTrafficPolicy":"Local"}}'`;

it('runs a second lab with one command more and makes the same connections in both', async () => {
  const lab = createLab(getScenario('nodeport'));
  await runLine(lab, 'kubectl apply -f test-nodeport.yaml');
  await runLine(lab, 'ssh vm');
  const before = lab.getSnapshot();
  const test = before.services.filter(({ metadata }) => metadata.name === 'test');
  const requests = requestsOf(before, test);
  expect(requests.map(({ from, address, port }) => `${from} ${address}:${port}`)).toEqual([
    'internet 192.168.0.11:30088',
    'internet 192.168.0.12:30088',
    'internet 192.168.0.13:30088',
  ]);
  const result = await twinWith(lab, toLocal, requests);
  if ('failure' in result) throw new Error(result.failure);
  const { twin } = result;
  const [left, right] = [lab.getSnapshot(), twin.getSnapshot()];
  expect(right.time).toBe(left.time);
  const since = left.time - lab.saved().time + partingTime(lab.saved(), twin.saved());

  const pairs = pairTraces(left.traces, right.traces, since);
  expect(pairs.map((pair) => [pair.left?.outcome, pair.right?.outcome])).toEqual([
    ['answered', 'answered'],
    ['answered', 'answered'],
    ['answered', 'timeout'],
  ]);
  expect(pairs[0]).toMatchObject({
    left: { sourceSeen: '192.168.0.11' },
    right: { sourceSeen: '198.51.100.7' },
    differs: { outcome: false, source: true },
  });

  expect(objectDifferences(left, right)).toEqual([
    { object: 'services/test', path: 'spec.externalTrafficPolicy', left: 'Cluster', right: 'Local' },
  ]);

  const told = alignMoments(left.moments, right.moments, since).map(({ left: a, right: b }) =>
    a && b ? `both ${a.kind}` : a ? `left ${a.kind}` : `right ${b?.kind}`,
  );
  expect(told.slice(0, 3)).toEqual(['right action', 'right write', 'right sync']);
  expect(told.filter((word) => word === 'both packet')).toHaveLength(3);

  // The run comes out the same when it is done again.
  const again = lab.twin(twin.saved());
  await again.ready;
  expect(objectDifferences(right, again.getSnapshot())).toEqual([]);
  expect(again.getSnapshot().traces.map(({ outcome }) => outcome)).toEqual(right.traces.map(({ outcome }) => outcome));
  again.dispose();

  // Undo passes over connections that a figure made by itself.
  expect(lab.getSnapshot().undoable).toMatchObject({ line: 'ssh vm' });
  twin.dispose();
  lab.dispose();
});

it('says what a command that fails said, and leaves the lab alone', async () => {
  const lab = createLab(getScenario('nodeport'));
  const { time } = lab.getSnapshot();
  expect(await twinWith(lab, 'kubectl delete service none', [])).toEqual({
    failure: 'Error from server (NotFound): services "none" not found',
  });
  expect(lab.getSnapshot()).toMatchObject({ time, actions: [] });
});

it('keeps runs, and sets aside what it cannot read', async () => {
  const scenario = getScenario('nodeport');
  const storage = memoryStorage();
  const { kept } = storage;
  const lab = createLab(scenario);
  await runLine(lab, 'kubectl apply -f test-nodeport.yaml');
  const saved = lab.saved();
  const none = readRuns(storage, lab, 'run');
  expect(none).toEqual({ current: 'run', others: [] });
  const name = freeName(none, 'run');
  expect(name).toBe('run (2)');
  const runs = withRun(none, { name, saved });
  storeRuns(storage, scenario.name, runs);
  expect(readRuns(storage, lab, 'run')).toEqual(runs);

  // The lab takes up the run that was kept.
  lab.reset();
  await lab.become(saved);
  expect(lab.getSnapshot().services.map(({ metadata }) => metadata.name)).toEqual(['kubernetes', 'test']);

  storeRuns(storage, scenario.name, withRun(runs, { name: 'old', saved: { ...saved, digest: 'other' } }));
  const text = kept.get('runs:nodeport');
  expect(readRuns(storage, lab, 'run')).toEqual({ ...runs, lost: true });
  expect(kept.get('runs-set-aside:nodeport')).toBe(text);
  kept.set('runs:nodeport', '{');
  expect(readRuns(storage, lab, 'run')).toEqual({ current: 'run', others: [], lost: true });
});
