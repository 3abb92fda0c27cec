import type { Json } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import type { ControllerContext } from './context';

/** The collector looks this often, ms (gcCheckPeriod). */
const PERIOD = 20_000;
/** How long a node may be missing before its pods go, ms (quarantineTime). */
const QUARANTINE = 40_000;

/** Deletes the pods of nodes that are gone. Upstream: pkg/controller/podgc. */
export class PodGarbageCollector {
  constructor(private readonly context: ControllerContext) {
    const { client, clock } = context;
    const begin = clock.now();
    clock.register('podgc', (node) => this.#collect(node));
    client.watch('nodes', (type, node) => {
      if (type !== 'DELETED') return;
      // noticed at the next look; the quarantine is over just after a look, so the one after that collects
      const noticed = Math.ceil((clock.now() - begin) / PERIOD) * PERIOD + begin;
      clock.schedule('podgc', node.metadata.name, noticed + QUARANTINE + PERIOD - clock.now());
    });
  }

  #collect(node: string): void {
    const { client, clock } = this.context;
    if (client.get('nodes', undefined, node)) return;
    for (const pod of client.list('pods').filter(({ spec }) => spec.nodeName === node)) {
      const { namespace, name, generation } = pod.metadata;
      const condition = {
        lastProbeTime: null,
        lastTransitionTime: rfc3339(clock.now()),
        message: 'PodGC: node no longer exists',
        observedGeneration: generation,
        reason: 'DeletionByPodGC',
        status: 'True',
        type: 'DisruptionTarget',
      };
      const conditions = [...(pod.status?.conditions ?? []).filter(({ type }: Json) => type !== condition.type), condition];
      client.updateStatus('pods', { ...pod, status: { ...pod.status, conditions, phase: 'Failed' } });
      client.delete('pods', namespace, name, { gracePeriodSeconds: 0 });
    }
  }
}
