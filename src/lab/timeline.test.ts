import { expect, it } from 'vitest';
import { runLine } from './drive';
import { createLab } from './lab';
import { getScenario } from './scenarios';
import type { Lab } from './types';

const words = (lab: Lab) =>
  lab.getSnapshot().moments.map((moment) => {
    if (moment.kind === 'action') return moment.action.kind === 'run' ? `$ ${moment.action.line}` : moment.action.kind;
    if (moment.kind === 'write') return `${moment.verb} ${moment.resource}/${moment.name} by ${moment.by}`;
    if (moment.kind === 'event') return `${moment.reason} ${moment.about}`;
    if (moment.kind === 'sync') return `rules of ${moment.service}`;
    return `packet ${moment.trace.outcome}`;
  });
const names = (objects: readonly { metadata: { name: string } }[]) => objects.map(({ metadata }) => metadata.name);

it('tells who wrote what, which events came and which packets went, in order', async () => {
  const lab = createLab(getScenario('clusterip'));
  expect(words(lab)).toEqual([]);
  await runLine(lab, 'kubectl apply -f test-clusterip.yaml');
  await runLine(lab, 'kubectl exec client -- curl -s http://test:8080/hostname');
  const told = words(lab);
  expect(told.slice(0, 2)).toEqual([
    '$ kubectl apply -f test-clusterip.yaml',
    'create services/test by kubectl-client-side-apply',
  ]);
  expect(told).toContainEqual(expect.stringMatching(/^create endpointslices\/test-\w+ by kube-controller-manager$/));
  expect(told.slice(-2)).toEqual(['$ kubectl exec client -- curl -s http://test:8080/hostname', 'packet answered']);
  await runLine(lab, 'kubectl scale deployment test --replicas=3');
  expect(words(lab)).toContainEqual('ScalingReplicaSet Deployment/test');
});

it('shows an earlier state, goes back to it, and can do the rest again', async () => {
  const lab = createLab(getScenario('clusterip'));
  await runLine(lab, 'kubectl apply -f test-clusterip.yaml');
  const then = lab.getSnapshot();
  lab.advance(1000);
  await runLine(lab, 'kubectl delete service test');
  await runLine(lab, 'kubectl create service clusterip other --tcp=80');
  expect(names(lab.getSnapshot().services)).toEqual(['kubernetes', 'other']);
  const past = lab.stateAt(then.time);
  expect(past).toEqual({ time: then.time, ...lookAt(then) });
  expect(names(lab.stateAt(0).services)).toEqual(['kubernetes']);
  await lab.rewind(then.time);
  expect(lookAt(lab.getSnapshot())).toEqual(lookAt(then));
  expect(lab.getSnapshot().time).toBe(then.time);
  await lab.redo();
  expect(names(lab.getSnapshot().services)).toEqual(['kubernetes', 'other']);
});

const lookAt = ({ nodes, pods, services, endpointSlices }: ReturnType<Lab['getSnapshot']>) => ({
  nodes,
  pods,
  services,
  endpointSlices,
});
