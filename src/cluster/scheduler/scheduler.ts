import type { Json, KubeObject } from '../apimachinery/object';
import { fromLabelSelector, matchesSelector } from '../apimachinery/selector';
import { rfc3339 } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from '../controllers/context';
import { LoadHeap } from './loadheap';
import { objectKey, splitKey, WorkQueue } from '../controllers/workqueue';

const SOURCE = { component: 'default-scheduler', action: 'Binding' };
const MAX_PODS = 110;

/**
 * Binds pods to nodes: among the nodes that fit, the one with the fewest pods, ties by name.
 * Upstream scores more finely; taints, node selectors, required node affinities and cordons count as there.
 */
export class Scheduler {
  readonly #queue: WorkQueue;
  readonly #heap = new LoadHeap();

  constructor(private readonly context: ControllerContext) {
    this.#queue = new WorkQueue(context.clock, 'scheduler', CONTROLLER_LATENCY, (key) => this.#schedule(key));
    context.client.watch('pods', (type, pod, old) => {
      const [before, after] = [old?.spec.nodeName, type === 'DELETED' ? undefined : pod.spec.nodeName];
      if (before !== after) {
        if (before) this.#heap.change(before, -1);
        if (after) this.#heap.change(after, 1);
      }
      if (type !== 'DELETED' && !pod.spec.nodeName && pod.spec.schedulerName === 'default-scheduler')
        this.#queue.add(objectKey(pod));
    });
    context.client.watch('nodes', (type, node, old) => {
      if (type === 'DELETED') this.#heap.delete(node.metadata.name);
      else this.#heap.add(node.metadata.name);
      if (type === 'MODIFIED' && old && old.spec === node.spec && old.metadata.labels === node.metadata.labels) return;
      for (const pod of context.client.list('pods')) if (!pod.spec.nodeName) this.#queue.add(objectKey(pod));
    });
  }

  #schedule(key: string): void {
    const { client, recorder, clock } = this.context;
    const { namespace, name } = splitKey(key);
    const pod = client.get('pods', namespace, name);
    if (!pod || pod.spec.nodeName || pod.metadata.deletionTimestamp) return;
    const reasons = new Map<string, number>();
    const best = this.#heap.first((candidate) => {
      const node = client.get('nodes', undefined, candidate);
      const why = node && this.#refusal(pod, node);
      if (why) reasons.set(why, (reasons.get(why) ?? 0) + 1);
      return node !== undefined && why === undefined;
    });
    if (best) {
      client.update('pods', { ...pod, spec: { ...pod.spec, nodeName: best } }, { keepsGeneration: true, owned: true });
      recorder.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${best}`, SOURCE);
      return;
    }
    const nodes = client.list('nodes');
    const causes = [...reasons].map(([why, count]) => `${count} ${why}`).sort();
    const counted = `0/${nodes.length} nodes are available`;
    const message =
      nodes.length === 0
        ? 'no nodes available to schedule pods'
        : `${counted}: ${causes.join(', ')}. preemption: ${counted}: ${nodes.length} Preemption is not helpful for scheduling.`;
    const condition = {
      lastProbeTime: null,
      lastTransitionTime: rfc3339(clock.now()),
      message,
      observedGeneration: pod.metadata.generation,
      reason: 'Unschedulable',
      status: 'False',
      type: 'PodScheduled',
    };
    const before = (pod.status?.conditions ?? []).find(({ type }: Json) => type === 'PodScheduled');
    if (before?.message === message) return;
    recorder.event(pod, 'Warning', 'FailedScheduling', message, { ...SOURCE, action: 'Scheduling' });
    client.updateStatus('pods', { ...pod, status: { ...pod.status, conditions: [condition] } });
  }

  /** Why a pod cannot run on a node; undefined when it can. In the order of kube-scheduler's default filters, of which the first tells. */
  #refusal(pod: KubeObject, node: KubeObject): string | undefined {
    if (node.spec.unschedulable) return 'node(s) were unschedulable';
    for (const taint of node.spec.taints ?? []) {
      if (taint.effect !== 'PreferNoSchedule' && !tolerates(pod.spec.tolerations ?? [], taint))
        return 'node(s) had untolerated taint(s)';
    }
    if (!suits(pod.spec, node)) return "node(s) didn't match Pod's node affinity/selector";
    return this.#heap.load(node.metadata.name) >= MAX_PODS ? 'Too many pods' : undefined;
  }
}

/** Whether the node is one that the pod asks for. Upstream: component-helpers/scheduling/corev1/nodeaffinity. */
function suits({ nodeSelector, affinity }: Json, { metadata: { name, labels } }: KubeObject): boolean {
  for (const key in nodeSelector) if (labels?.[key] !== nodeSelector[key]) return false;
  const terms: Json[] | undefined = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const holds = (matchExpressions: Json[], of: typeof labels) => matchesSelector(fromLabelSelector({ matchExpressions }), of);
  return (
    terms?.some(
      ({ matchExpressions = [], matchFields = [] }) =>
        matchExpressions.length + matchFields.length > 0 &&
        holds(matchExpressions, labels) &&
        holds(matchFields, { 'metadata.name': name }),
    ) ?? true
  );
}

function tolerates(tolerations: Json[], taint: Json): boolean {
  return tolerations.some(
    ({ key, operator = 'Equal', value = '', effect }) =>
      (!effect || effect === taint.effect) &&
      (!key ? operator === 'Exists' : key === taint.key) &&
      (operator === 'Exists' || value === (taint.value ?? '')),
  );
}
