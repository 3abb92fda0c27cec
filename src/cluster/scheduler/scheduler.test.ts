import { expect, test } from 'vitest';
import type { Json } from '../apimachinery/object';
import { Cluster } from '../cluster';

function pending(nodeSelectorTerms: Json[]) {
  const cluster = new Cluster();
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  const spec = { affinity: { nodeAffinity: required }, containers: [{ name: 'c', image: 'nginx' }] };
  cluster.client.create('pods', { metadata: { name: 'p', namespace: 'default' }, spec });
  cluster.settle();
  return { cluster, pod: () => cluster.client.get('pods', 'default', 'p')! };
}
const expression = (key: string, operator: string, ...values: string[]) => ({ key, operator, values });

test('a pod waits for a node that its affinity requires, and goes there when a label makes one', () => {
  const { cluster, pod } = pending([{ matchExpressions: [expression('disks', 'Gt', '2')] }]);
  expect(pod().status?.conditions[0].message).toBe(
    "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
  );
  const node = cluster.client.get('nodes', undefined, 'node-3')!;
  cluster.client.update('nodes', { ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, disks: '10' } } });
  cluster.settle();
  expect(pod().spec.nodeName).toBe('node-3');
});

test('one term is enough, all of a term must hold, and an empty one holds nowhere', () => {
  const other = expression('kubernetes.io/os', 'In', 'windows');
  const field = { matchFields: [expression('metadata.name', 'In', 'node-2')] };
  expect(pending([{}, { matchExpressions: [other] }, field]).pod().spec.nodeName).toBe('node-2');
  expect(pending([{}, { ...field, matchExpressions: [other] }]).pod().spec.nodeName).toBeUndefined();
});

test('a node with a taint is refused for that, whatever else is wrong with it', () => {
  const { cluster, pod } = pending([{ matchExpressions: [expression('disks', 'Exists')] }]);
  const node = cluster.client.get('nodes', undefined, 'node-2')!;
  cluster.client.update('nodes', { ...node, spec: { ...node.spec, taints: [{ key: 'k', effect: 'NoSchedule' }] } });
  cluster.settle();
  expect(pod().status?.conditions[0].message).toMatch(
    /^0\/3 nodes are available: 1 node\(s\) had untolerated taint\(s\), 2 node\(s\) didn't match Pod's node affinity\/selector\. /,
  );
});
