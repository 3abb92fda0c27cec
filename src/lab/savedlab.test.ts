import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../shell/testing';
import { runLine } from './drive';
import { createLab } from './lab';
import { parseSavedLab } from './log';
import { getScenario } from './scenarios';
import type { Lab } from './types';

/** Everything of a lab that must survive, the cluster byte for byte. */
function stateOf(lab: Lab) {
  const { time, services, pods, endpointSlices, files, goals, traces } = lab.getSnapshot();
  return {
    time,
    services,
    pods,
    endpointSlices,
    files,
    goals: goals.map(({ goal, passed }) => [goal.id, passed]),
    traces: traces.map(({ outcome, hops }) => [outcome, hops]),
    terminal: lab.terminal.transcript.map(({ prompt, command, output, exit }) => ({ prompt, command, output, exit })),
    place: lab.terminal.place,
  };
}

async function workOn(lab: Lab): Promise<void> {
  await runLine(lab, 'kubectl apply -f test-clusterip.yaml');
  lab.writeFile('extra.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
  await lab.apply('extra.yaml');
  await runLine(lab, 'for i in 1 2; do kubectl exec client -- curl -s http://test:8080/hostname; done');
  await runLine(lab, 'kubectl scale deployment test --replicas=5');
  await runLine(lab, 'sleep 3');
  await runLine(lab, 'ssh node-1');
  lab.connect({ from: 'node:node-1', protocol: 'TCP', address: '192.168.0.12', port: 22 });
  lab.advance(5000);
}

describe('a lab that was left', () => {
  it('is the same when it is opened again, and goes on', async () => {
    const storage = memoryStorage();
    const lab = createLab(getScenario('clusterip'), { storage });
    await workOn(lab);
    lab.save();
    const again = createLab(getScenario('clusterip'), { storage });
    await again.ready;
    expect(stateOf(again)).toEqual(stateOf(lab));
    expect(await runLine(again, 'conntrack -L -p tcp')).toEqual(await runLine(lab, 'conntrack -L -p tcp'));
    expect(stateOf(again)).toEqual(stateOf(lab));
  });

  it('can be shared, and leaves the lab of whoever opens it alone', async () => {
    const lab = createLab(getScenario('clusterip'));
    await workOn(lab);
    const storage = memoryStorage();
    const own = createLab(getScenario('clusterip'), { storage });
    await runLine(own, 'touch mine');
    const kept = storage.kept.get('lab:clusterip');
    const opened = createLab(getScenario('clusterip'), { storage, shared: lab.saved() });
    await opened.ready;
    expect(stateOf(opened)).toEqual(stateOf(lab));
    await runLine(opened, 'touch theirs');
    expect(storage.kept.get('lab:clusterip')).toBe(kept);
    const outdated = createLab(getScenario('clusterip'), { storage, shared: { ...lab.saved(), digest: 'other' } });
    await outdated.ready;
    expect(outdated.getSnapshot()).toMatchObject({ problem: 'outdated', actions: [] });
  });

  it('sets aside what it cannot read, and says so', async () => {
    for (const [text, problem] of [
      ['{"version":1', 'unreadable'],
      ['[]', 'unreadable'],
      [JSON.stringify({ version: 1, scenario: 'clusterip', digest: '0', time: 5, actions: [] }), 'outdated'],
    ] as const) {
      const storage = memoryStorage({ 'lab:clusterip': text });
      const lab = createLab(getScenario('clusterip'), { storage });
      await lab.ready;
      expect(lab.getSnapshot()).toMatchObject({ problem, actions: [] });
      expect(storage.kept.get('lab-set-aside:clusterip')).toBe(text);
      const next = createLab(getScenario('clusterip'), { storage });
      await next.ready;
      expect(next.getSnapshot().problem).toBeUndefined();
    }
  });

  it('sets aside what it cannot read where there is room for it only once', async () => {
    const storage = memoryStorage({ 'lab:clusterip': '[]'.padEnd(1000) });
    const full = {
      ...storage,
      setItem: (key: string, text: string) => {
        const others = [...storage.kept].filter(([other]) => other !== key).reduce((sum, [, kept]) => sum + kept.length, 0);
        if (others + text.length > 1500) throw new Error('full');
        storage.setItem(key, text);
      },
    };
    const lab = createLab(getScenario('clusterip'), { storage: full });
    await lab.ready;
    expect(lab.getSnapshot().problem).toBe('unreadable');
    expect(storage.kept.get('lab-set-aside:clusterip')).toBe('[]'.padEnd(1000));
    lab.dispose();
  });

  it('lives without storage', async () => {
    const refuse = () => {
      throw new Error('blocked');
    };
    const lab = createLab(getScenario('clusterip'), { storage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
    await lab.ready;
    expect((await runLine(lab, 'kubectl get svc')).exit).toBe(0);
  });
});

describe('undo and redo', () => {
  it('take back the last change, pass over what only looked, and do it again', async () => {
    const lab = createLab(getScenario('clusterip'));
    await runLine(lab, 'kubectl apply -f test-clusterip.yaml');
    const before = stateOf(lab);
    await runLine(lab, 'kubectl delete service test');
    await runLine(lab, 'kubectl get svc');
    expect(lab.getSnapshot().undoable).toMatchObject({ line: 'kubectl delete service test' });
    const after = stateOf(lab);
    await lab.undo();
    expect(stateOf(lab)).toEqual(before);
    expect(lab.getSnapshot()).toMatchObject({
      undoable: { line: 'kubectl apply -f test-clusterip.yaml' },
      redoable: { line: 'kubectl delete service test' },
    });
    await lab.redo();
    lab.advance(500);
    expect(stateOf(lab)).toEqual(after);
    await lab.undo();
    await lab.undo();
    expect(lab.getSnapshot()).toMatchObject({ actions: [] });
    await lab.undo();
    await lab.redo();
    await runLine(lab, 'kubectl create service clusterip other --tcp=80');
    expect(lab.getSnapshot().redoable).toBeUndefined();
  });

  it('pass over a packet that a figure sent by itself', async () => {
    const lab = createLab(getScenario('clusterip'));
    lab.connect({ from: 'vm', protocol: 'TCP', address: '192.168.0.11', port: 22, idle: true });
    expect(lab.getSnapshot().undoable).toBeUndefined();
    await runLine(lab, 'touch a');
    await lab.undo();
    expect(lab.getSnapshot().traces).toHaveLength(1);
  });

  it('bring back a watch that was stopped, and text typed to a program', async () => {
    const storage = memoryStorage();
    const lab = createLab(getScenario('clusterip'), { storage });
    const watch = lab.terminal.run('kubectl get services -w');
    lab.advance(2000);
    lab.terminal.interrupt();
    await watch;
    const typed = lab.terminal.run('kubectl apply -f -');
    await Promise.resolve();
    lab.terminal.input('apiVersion: v1\rkind: ConfigMap\rmetadata: {name: typed}\r\x04');
    expect((await typed).stdout).toBe('configmap/typed created\n');
    lab.save();
    const again = createLab(getScenario('clusterip'), { storage });
    await again.ready;
    expect(again.terminal.transcript).toEqual(lab.terminal.transcript);
  });
});

describe('parseSavedLab', () => {
  const good = { version: 1, scenario: 's', digest: 'd', time: 9, actions: [{ at: 3, kind: 'run', line: 'ls' }] };
  it('takes what it wrote', () => expect(parseSavedLab(JSON.stringify(good))).toEqual(good));
  it.each([
    ['another version', { ...good, version: 2 }],
    ['an unknown action', { ...good, actions: [{ at: 3, kind: 'constructor' }] }],
    ['a missing field', { ...good, actions: [{ at: 3, kind: 'run' }] }],
    ['time that runs backwards', { ...good, actions: [...good.actions, { at: 2, kind: 'end' }] }],
    ['an action after the end', { ...good, time: 1 }],
    ['endless time', { ...good, time: 1e300 }],
    ['too many actions', { ...good, actions: Array.from({ length: 1001 }, () => ({ at: 0, kind: 'end' })) }],
    [
      'a port out of range',
      { ...good, actions: [{ at: 0, kind: 'connect', from: 'vm', protocol: 'TCP', address: '1.1.1.1', port: 70000 }] },
    ],
  ])('refuses %s', (_what, value) => expect(parseSavedLab(JSON.stringify(value))).toBeUndefined());
});
