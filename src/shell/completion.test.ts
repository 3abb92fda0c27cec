import { expect, it } from 'vitest';
import { Cluster } from '../cluster/cluster';
import { complete } from './completion';
import { Files } from './files';
import { Jobs } from './jobs';
import { standardPrograms } from './programs';
import { Shell } from './shell';

it('asks kubectl itself what may follow, and does with it what a shell would', async () => {
  const world = new Cluster({ cloud: 'none' });
  world.settle();
  const files = new Files('/home/learner', { 'svc.yaml': '', 'notes.txt': '', 'folder/pod.yml': '' });
  const shell = new Shell({ world, files, programs: standardPrograms, jobs: new Jobs(() => 0) });
  const tab = (before: string) => complete(shell, before).candidates;
  await complete(shell, 'kubectl ').pending;
  expect(tab('kubectl exp')).toEqual(['explain', 'expose']);
  expect(tab('kubectl get svc kub')).toEqual(['kubernetes']);
  expect(tab('kubectl get nodes/')).toEqual(['nodes/node-1', 'nodes/node-2', 'nodes/node-3']);
  expect(tab('kubectl get svc --output=jsonpath-')).toEqual(['--output=jsonpath-as-json', '--output=jsonpath-file']);
  expect(tab('kubectl apply -f ')).toEqual(['folder/', 'svc.yaml']);
  expect(tab('kubectl get svc | kubectl dra')).toEqual(['drain']);
  expect(complete(shell, 'kubectl port-forward deploy')).toMatchObject({ candidates: ['deployments/'], noSpace: true });
});
