import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import { formatIPv4, parseCIDR } from '../apiserver/allocator';
import type { ControllerContext } from '../controllers/context';
import { isPodReady } from '../controllers/ownership';
import { objectKey, splitKey } from '../controllers/workqueue';
import { findImage, listenersOf } from './images';
import { creatingStatus, runningStatus, withReadiness } from './podstatus';

/** How pods behave on this cluster's nodes. */
export interface PodBehaviour {
  /** ms from binding to running containers. */
  startDelay: number;
  /** ms between the starts of two pods that were bound at the same moment: no two become ready at once. */
  startSpacing: number;
  /** However many pods start together, none waits longer for the others than this, ms. */
  longestWait: number;
  /** Whether a pod's status tells while its containers are being made. */
  reportsCreating: boolean;
  /** ms from SIGTERM to the end of a program that heeds it. */
  stopDelay: number;
  /** Whether a program of that name can be run at all. */
  hasImage(reference: string): boolean;
  /** Overrides readiness; undefined leaves it to the pod's probe. */
  ready?(pod: KubeObject): boolean | undefined;
  /** A deleted pod that does not end although it was told to. */
  holdsOn?(pod: KubeObject): boolean;
}

export const DEFAULT_BEHAVIOUR: PodBehaviour = {
  startDelay: 1200,
  startSpacing: 60,
  longestWait: 2000,
  reportsCreating: true,
  stopDelay: 800,
  hasImage: (reference) => findImage(reference) !== undefined,
};

const BACK_OFF = 10_000;

/**
 * The kubelets of all nodes: make bound pods run, report their status, end deleted ones.
 * Upstream: pkg/kubelet. Containers are not processes here; an image is known by what it listens on and answers.
 */
export class Kubelet {
  /** Next host number on each node's pod network: addresses count up from .2 and are not used twice. */
  readonly #nextAddress = new Map<string, number>();
  readonly #readiness = new Map<string, boolean>();
  #lastStart = 0;

  constructor(
    private readonly context: ControllerContext,
    private readonly behaviour: PodBehaviour,
  ) {
    const { client, clock } = context;
    clock.register('kubelet-start', (key) => this.#start(key));
    clock.register('kubelet-probe', (key) => this.#probe(key));
    clock.register('kubelet-stop', (key) => this.#stop(key));
    client.watch('pods', (type, pod, old) => {
      if (type === 'DELETED' || !pod.spec.nodeName) return;
      const key = objectKey(pod);
      if (!old?.spec.nodeName) this.#accept(pod);
      else if (pod.metadata.deletionTimestamp) {
        const wasHeld = old.metadata.deletionTimestamp === undefined || this.behaviour.holdsOn?.(old);
        if (wasHeld && !this.behaviour.holdsOn?.(pod)) clock.schedule('kubelet-stop', key, this.#stopDelay(pod));
      } else if (
        this.behaviour.ready &&
        pod.status?.phase === 'Running' &&
        pod.metadata.annotations !== old.metadata.annotations
      ) {
        clock.schedule('kubelet-probe', key, 0);
      }
    });
  }

  /** Sets a pod's readiness as if its probe had found it so. Throws RangeError when there is no such running pod. */
  setReady(namespace: string, name: string, ready: boolean): void {
    const pod = this.context.client.get('pods', namespace, name);
    if (!pod?.status?.podIP) throw new RangeError(`no running pod ${namespace}/${name}`);
    this.#readiness.set(pod.metadata.uid, ready);
    this.#probe(objectKey(pod));
  }

  #accept(pod: KubeObject): void {
    const { clock } = this.context;
    const { startDelay, startSpacing, longestWait, reportsCreating } = this.behaviour;
    const earliest = clock.now() + startDelay;
    this.#lastStart = Math.min(Math.max(earliest, this.#lastStart + startSpacing), earliest + longestWait);
    clock.schedule('kubelet-start', objectKey(pod), this.#lastStart - clock.now());
    if (reportsCreating) clock.schedule('kubelet-start', `${objectKey(pod)}?creating`, 0);
  }

  #start(task: string): void {
    const [key, creating] = task.split('?') as [string, string | undefined];
    const { client, clock } = this.context;
    const { namespace, name } = splitKey(key);
    const pod = client.get('pods', namespace, name);
    if (!pod || pod.metadata.deletionTimestamp || pod.status?.phase === 'Running') return;
    const node = client.get('nodes', undefined, pod.spec.nodeName);
    const hostIP: string = node?.status?.addresses?.[0]?.address ?? '';
    if (!node) return;
    const time = rfc3339(clock.now());
    if (creating) {
      client.updateStatus('pods', { ...pod, status: creatingStatus(pod, hostIP, time, { reason: 'ContainerCreating' }) });
      return;
    }
    const unknown = pod.spec.containers.find(({ image }: Json) => !this.behaviour.hasImage(image));
    if (unknown) {
      this.#refuseImage(pod, unknown, hostIP, time);
      return;
    }
    const podIP = pod.spec.hostNetwork ? hostIP : this.#address(node);
    for (const container of pod.spec.containers) {
      const place = { component: 'kubelet', host: pod.spec.nodeName, fieldPath: `spec.containers{${container.name}}` };
      const { recorder } = this.context;
      recorder.event(
        pod,
        'Normal',
        'Pulled',
        `Container image "${container.image}" already present on machine and can be accessed by the pod`,
        place,
      );
      recorder.event(pod, 'Normal', 'Created', 'Container created', place);
      recorder.event(pod, 'Normal', 'Started', 'Container started', place);
    }
    const hasProbe = pod.spec.containers.some(({ readinessProbe }: Json) => readinessProbe);
    const ready = this.behaviour.ready?.(pod) ?? !hasProbe;
    client.updateStatus('pods', { ...pod, status: runningStatus(pod, { hostIP, podIP }, time, ready) });
    if (hasProbe && this.behaviour.ready === undefined) clock.schedule('kubelet-probe', key, 1000 * initialDelay(pod));
  }

  #refuseImage(pod: KubeObject, container: Json, hostIP: string, time: string): void {
    const { client, clock, recorder } = this.context;
    const place = { component: 'kubelet', host: pod.spec.nodeName, fieldPath: `spec.containers{${container.name}}` };
    const message = `Failed to pull image "${container.image}": this simulator has no such image`;
    recorder.event(pod, 'Warning', 'Failed', message, place);
    const again = pod.status?.containerStatuses?.[0]?.state?.waiting?.reason === 'ErrImagePull';
    const waiting = again
      ? { message: `Back-off pulling image "${container.image}"`, reason: 'ImagePullBackOff' }
      : { message, reason: 'ErrImagePull' };
    client.updateStatus('pods', { ...pod, status: creatingStatus(pod, hostIP, time, waiting) });
    if (!again) clock.schedule('kubelet-start', objectKey(pod), BACK_OFF);
  }

  #address(node: KubeObject): string {
    const next = this.#nextAddress.get(node.metadata.name) ?? 2;
    this.#nextAddress.set(node.metadata.name, next + 1);
    return formatIPv4(parseCIDR(node.spec.podCIDR).network + next);
  }

  #probe(key: string): void {
    const { client, clock } = this.context;
    const { namespace, name } = splitKey(key);
    const pod = client.get('pods', namespace, name);
    if (!pod || pod.status?.phase !== 'Running') return;
    const ready = this.#readiness.get(pod.metadata.uid) ?? this.behaviour.ready?.(pod) ?? probeSucceeds(pod);
    if (ready !== isPodReady(pod))
      client.updateStatus('pods', { ...pod, status: withReadiness(pod, ready, rfc3339(clock.now())) });
    else if (!ready) this.#reportUnready(pod);
  }

  #reportUnready(pod: KubeObject): void {
    const container = pod.spec.containers.find(({ readinessProbe }: Json) => readinessProbe);
    if (!container) return;
    const { httpGet, tcpSocket } = container.readinessProbe;
    const port = httpGet?.port ?? tcpSocket?.port;
    const target = `${pod.status.podIP}:${port}`;
    const message = httpGet
      ? `Readiness probe failed: Get "http://${target}${httpGet.path}": dial tcp ${target}: connect: connection refused`
      : `Readiness probe failed: dial tcp ${target}: connect: connection refused`;
    this.context.recorder.event(pod, 'Warning', 'Unhealthy', message, {
      component: 'kubelet',
      host: pod.spec.nodeName,
      fieldPath: `spec.containers{${container.name}}`,
    });
  }

  #stopDelay(pod: KubeObject): number {
    const grace = 1000 * (pod.metadata.deletionGracePeriodSeconds ?? 0);
    // a shell's `sleep` as first process does not heed SIGTERM and is killed when the grace period is over
    const heeds =
      this.behaviour.holdsOn !== undefined || pod.spec.containers.every(({ image }: Json) => findImage(image)?.apps.length !== 0);
    return heeds ? Math.min(grace, this.behaviour.stopDelay) : grace;
  }

  #stop(key: string): void {
    const { namespace, name } = splitKey(key);
    const pod = this.context.client.get('pods', namespace, name);
    if (!pod?.metadata.deletionTimestamp || this.behaviour.holdsOn?.(pod)) return;
    for (const container of pod.spec.containers) {
      this.context.recorder.event(pod, 'Normal', 'Killing', `Stopping container ${container.name}`, {
        component: 'kubelet',
        host: pod.spec.nodeName,
        fieldPath: `spec.containers{${container.name}}`,
      });
    }
    this.context.client.finish('pods', namespace, name);
  }
}

function initialDelay(pod: KubeObject): number {
  return Math.max(...pod.spec.containers.map(({ readinessProbe }: Json) => readinessProbe?.initialDelaySeconds ?? 0), 1);
}

/** Whether every readiness probe of a running pod finds a listener. Exec probes are taken to succeed: containers are not processes here. */
function probeSucceeds(pod: KubeObject): boolean {
  const listeners = listenersOf(pod);
  return pod.spec.containers.every(({ readinessProbe, ports = [] }: Json) => {
    const wanted = readinessProbe?.httpGet?.port ?? readinessProbe?.tcpSocket?.port;
    if (wanted === undefined) return true;
    const number = typeof wanted === 'number' ? wanted : ports.find(({ name }: Json) => name === wanted)?.containerPort;
    return listeners.some(({ protocol, port }) => protocol === 'TCP' && port === number);
  });
}
