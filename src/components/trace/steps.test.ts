import { describe, expect, it } from 'vitest';
import { nodePortTrace, refusedTrace } from '../testing/fakeTrace';
import { notesUntil, stepsOf } from './steps';

describe('stepsOf', () => {
  const trace = nodePortTrace();
  const steps = stepsOf(trace);

  it('tells a NodePort call in readable steps', () => {
    expect(steps.map((step) => `${step.direction} ${step.kind} ${step.host}${step.to ? ` > ${step.to}` : ''}`)).toEqual([
      'request send internet',
      'request travel internet > router',
      'request travel router > node:node-1',
      'request translate node:node-1',
      'request translate node:node-1',
      'request travel node:node-1 > node:node-2',
      'request travel node:node-2 > pod:default/p2',
      'request deliver pod:default/p2',
      'reply send pod:default/p2',
      'reply travel pod:default/p2 > node:node-2',
      'reply travel node:node-2 > node:node-1',
      'reply translate node:node-1',
      'reply travel node:node-1 > router',
      'reply travel router > internet',
      'reply deliver internet',
    ]);
  });

  it('goes from the node port to the target port in one translation', () => {
    const [dnat, snat] = steps.filter((step) => step.kind === 'translate');
    expect(dnat).toMatchObject({ changed: { source: false, destination: true }, chain: 'KUBE-SEP-Z7E4AB3ASBYWO33H' });
    expect([dnat!.before.destinationPort, dnat!.after.destinationPort]).toEqual([30088, 5000]);
    expect(dnat!.details.map((hop) => hop.chain)).toEqual(['PREROUTING', 'KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-MARK-MASQ']);
    expect(snat).toMatchObject({ changed: { source: true, destination: false }, chain: 'KUBE-POSTROUTING' });
  });

  it('marks what conntrack did from memory', () => {
    expect(steps.find((step) => step.remembered)).toMatchObject({
      direction: 'reply',
      changed: { source: true, destination: true },
    });
  });

  it('loses no hop', () => {
    const arrivals = steps.filter((step) => step.kind === 'travel' && step.to !== undefined).length;
    const shown = steps.reduce((sum, step) => sum + 1 + step.details.length, 0) + arrivals;
    expect(shown).toBe(trace.hops.length);
  });

  it('ends a refused call at its loss', () => {
    expect(stepsOf(refusedTrace()).at(-1)).toMatchObject({ kind: 'loss', host: 'node:node-1', loss: { reason: 'no-listener' } });
  });
});

describe('notesUntil', () => {
  it('fills the notebook of the node that remembers', () => {
    const trace = nodePortTrace();
    expect([...notesUntil(trace, trace.hops.length - 1).keys()]).toEqual(['node:node-1']);
    expect(notesUntil(trace, 3).size).toBe(0);
  });
});
