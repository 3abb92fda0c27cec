import { clone, deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import type { ControllerContext } from './context';
import { objectKey, splitKey, WorkQueue } from './workqueue';

/** How often an autoscaler looks at its target, ms (--horizontal-pod-autoscaler-sync-period). */
const SYNC_PERIOD = 15_000;

const SCALABLE: Record<string, string> = { Deployment: 'deployments', ReplicaSet: 'replicasets' };
const SOURCE = { component: 'horizontal-pod-autoscaler' };

/**
 * Does what the autoscaler of a cluster without metrics-server does: it finds its target, fails to read metrics, says so, and scales
 * nothing. Upstream: pkg/controller/podautoscaler reconcileAutoscaler.
 */
export class HorizontalPodAutoscalerController {
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    const { client, clock } = context;
    this.#queue = new WorkQueue(clock, 'horizontalpodautoscaler', SYNC_PERIOD, (key) => this.#sync(key));
    client.watch('horizontalpodautoscalers', (type, object) => {
      if (type === 'ADDED') this.#queue.add(objectKey(object));
    });
  }

  #sync(key: string): void {
    const { client, clock, recorder } = this.context;
    const { namespace, name } = splitKey(key);
    const autoscaler = client.get('horizontalpodautoscalers', namespace, name);
    if (!autoscaler) return;
    this.#queue.add(key);
    const { kind, name: targetName } = autoscaler.spec.scaleTargetRef;
    const plural = SCALABLE[kind];
    const target = plural && client.get(plural, namespace, targetName);
    const status = clone(autoscaler.status) as Json;
    const condition = (type: string, value: string, reason: string, message: string): void => {
      const conditions: Json[] = (status.conditions ??= []);
      const known = conditions.find((each) => each.type === type);
      const lastTransitionTime = known?.status === value ? known.lastTransitionTime : rfc3339(clock.now());
      const next = { type, status: value, lastTransitionTime, reason, message };
      if (known) conditions[conditions.indexOf(known)] = next;
      else conditions.push(next);
    };
    const warn = (reason: string, message: string): void => recorder.event(autoscaler, 'Warning', reason, message, SOURCE);
    if (!target) {
      const resource = plural ? `${plural}.apps` : kind;
      const why = plural ? `${resource} "${targetName}" not found` : `no matches for kind "${kind}" in group ""`;
      condition(
        'AbleToScale',
        'False',
        'FailedGetScale',
        `the HPA controller was unable to get the target's current scale: ${why}`,
      );
      warn('FailedGetScale', why);
    } else {
      condition('AbleToScale', 'True', 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
      status.currentReplicas = target.status?.replicas ?? 0;
      if (target.spec.replicas === 0) {
        const why = 'scaling is disabled since the replica count of the target is zero';
        condition('ScalingActive', 'False', 'ScalingDisabled', why);
      } else this.#failToMeasure(autoscaler, condition, warn);
    }
    if (status.currentReplicas === 0) delete status.currentReplicas;
    if (!deepEqual(status, autoscaler.status)) client.updateStatus('horizontalpodautoscalers', { ...autoscaler, status });
  }

  #failToMeasure(
    autoscaler: KubeObject,
    condition: (type: string, value: string, reason: string, message: string) => void,
    warn: (reason: string, message: string) => void,
  ): void {
    const [metric] = autoscaler.spec.metrics;
    const { reason, why } = failure(metric);
    condition('ScalingActive', 'False', reason, `the HPA was unable to compute the replica count: ${why}`);
    warn(reason, why);
    const count = autoscaler.spec.metrics.length;
    warn('FailedComputeMetricsReplicas', `invalid metrics (${count} invalid out of ${count}), first error is: ${why}`);
  }
}

/** What reading a metric ends in. */
function failure(metric: Json): { reason: string; why: string } {
  const name: string = metric.resource?.name ?? metric.containerResource?.name ?? '';
  if (metric.type === 'Resource' || metric.type === 'ContainerResource') {
    const { target } = metric.resource ?? metric.containerResource;
    const what = target.averageUtilization === undefined ? `${name} usage` : `${name} utilization`;
    return {
      reason: metric.type === 'Resource' ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric',
      why: `failed to get ${what}: unable to get metrics for resource ${name}: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)`,
    };
  }
  const api = metric.type === 'External' ? 'external' : 'custom';
  return {
    reason: `FailedGet${metric.type}Metric`,
    why: `unable to get metric ${metric[metric.type.toLowerCase()]?.metric?.name}: unable to fetch metrics from ${api} metrics API: no ${api} metrics API (${api}.metrics.k8s.io) registered`,
  };
}
