import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import { formatIPv4, parseCIDR } from '../apiserver/allocator';
import type { ControllerContext } from '../controllers/context';
import { isPodReady } from '../controllers/ownership';
import { objectKey, splitKey } from '../controllers/workqueue';
import { containerOf, isRunning } from './containers';
import { ContainerConfigError, environmentOf, visibleServices } from './environment';
import { findImage, type FileReader, listenersOf } from './images';
import { hostnameOf, podFiles } from './podfiles';
import { creatingStatus, runningStatus, withEnded, withEphemeral, withReadiness } from './podstatus';
import { mountedFiles, mountFailure } from './volumes';

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
  /** Whether volumes and environments must be there for a pod to start. */
  checksConfiguration: boolean;
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
  checksConfiguration: true,
  hasImage: (reference) => findImage(reference) !== undefined,
};

type Environments = ReadonlyMap<string, Record<string, string>>;
const NO_ENVIRONMENTS: Environments = new Map();

/** Behind a pod's key: its status is to tell that its containers are being made. */
const CREATING = '?creating';

const BACK_OFF = 10_000;
/** ms between tries to mount a volume: from the first to the longest, doubling. */
const MOUNT_RETRY = [500, 122_000] as const;

/** What a program in a container finds: its environment, and the files that the kubelet and volumes put there. */
export interface ContainerView {
  /** Of the pod. */
  uid: string;
  image: string;
  hostname: string;
  env: Readonly<Record<string, string>>;
  files: Readonly<Record<string, string>>;
  /** What its manifest has it run; empty: the image's own program. */
  command: readonly string[];
  /** Where the node's file system is mounted. */
  nodeRoot: { node: string; path: string } | undefined;
  /** Whether its programs may change the network and look at its rules (CAP_NET_ADMIN). */
  administersNetwork: boolean;
}

/**
 * The kubelets of all nodes: make bound pods run, report their status, end deleted ones.
 * Upstream: pkg/kubelet. Containers are not processes here; an image is known by what it listens on and answers.
 */
export class Kubelet {
  /** Next host number on each node's pod network: addresses count up from .2 and are not used twice. */
  readonly #nextAddress = new Map<string, number>();
  readonly #readiness = new Map<string, boolean>();
  /** What started containers were told, by the pod's uid: the Services of that moment, and what each container's own variables gave. */
  readonly #started = new Map<string, { services: readonly KubeObject[]; environments: Environments }>();
  /** The Services that a pod of a namespace is told, until one of them changes. */
  readonly #visible = new Map<string, readonly KubeObject[]>();
  readonly #mountRetries = new Map<string, number>();
  #lastStart = 0;

  constructor(
    private readonly context: ControllerContext,
    private readonly behaviour: PodBehaviour,
    private readonly clusterDNS: string,
  ) {
    const { client, clock } = context;
    clock.register('kubelet-start', (key) => this.#start(key));
    clock.register('kubelet-probe', (key) => this.#probe(key));
    clock.register('kubelet-stop', (key) => this.#stop(key));
    clock.register('kubelet-ephemeral', (key) => this.#startEphemeral(key));
    client.watch('services', () => this.#visible.clear());
    client.watch('pods', (type, pod, old) => {
      if (type === 'DELETED') {
        this.#started.delete(pod.metadata.uid);
        this.#mountRetries.delete(pod.metadata.uid);
      }
      if (type === 'DELETED' || !pod.spec.nodeName) return;
      const key = objectKey(pod);
      if (!old?.spec.nodeName) this.#accept(pod);
      else if (pod.metadata.deletionTimestamp) {
        const wasHeld = old.metadata.deletionTimestamp === undefined || this.behaviour.holdsOn?.(old);
        if (wasHeld && !this.behaviour.holdsOn?.(pod)) clock.schedule('kubelet-stop', key, this.#stopDelay(pod));
      } else if (pod.spec.ephemeralContainers?.length > (old.spec.ephemeralContainers?.length ?? 0)) {
        clock.schedule('kubelet-ephemeral', key, this.behaviour.startDelay);
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

  /** A running pod's container (default: its first) from the inside. Undefined when there is none. */
  container(namespace: string, name: string, container?: string): ContainerView | undefined {
    const { client } = this.context;
    const pod = client.get('pods', namespace, name);
    const found: Json | undefined = pod && containerOf(pod, container ?? pod.spec.containers[0].name);
    const started = pod && this.#started.get(pod.metadata.uid);
    if (!pod || !found || !started || !isRunning(pod, found.name)) return undefined;
    const env = started.environments.get(found.name) ?? environmentOf(client, pod, { name: found.name }, started.services);
    const files = { ...podFiles(pod, this.clusterDNS), ...mountedFiles(client, pod, found) };
    const { uid } = pod.metadata;
    const { image, command = [], args = [], securityContext } = found;
    return {
      uid,
      image,
      hostname: hostnameOf(pod),
      env,
      files,
      command: [...command, ...args],
      nodeRoot: nodeRootOf(pod, found),
      administersNetwork:
        securityContext?.privileged === true ||
        (securityContext?.capabilities?.add ?? []).some((name: string) => /^(ALL|NET_ADMIN)$/.test(name)),
    };
  }

  /** The program of a container has ended by itself. One that is started again is as it was. */
  endContainer(namespace: string, name: string, container: string, exitCode: number): void {
    const { client, clock } = this.context;
    const pod = client.get('pods', namespace, name);
    if (!pod || pod.status?.phase !== 'Running') return;
    const isEphemeral = (pod.spec.ephemeralContainers ?? []).some((each: Json) => each.name === container);
    const { restartPolicy } = pod.spec;
    const stays = isEphemeral || restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && exitCode === 0);
    if (stays) this.#report(pod, withEnded(pod, container, exitCode, rfc3339(clock.now())));
  }

  /** Starts the ephemeral containers that have not been started. */
  #startEphemeral(key: string): void {
    const { client, clock, recorder } = this.context;
    const { namespace, name } = splitKey(key);
    const time = rfc3339(clock.now());
    for (const container of (client.get('pods', namespace, name)?.spec.ephemeralContainers ?? []) as Json[]) {
      const pod = client.get('pods', namespace, name);
      const known = (pod?.status?.ephemeralContainerStatuses ?? []).some((each: Json) => each.name === container.name);
      if (!pod || known || pod.status?.phase !== 'Running' || pod.metadata.deletionTimestamp) continue;
      const place = { component: 'kubelet', host: pod.spec.nodeName, fieldPath: `spec.ephemeralContainers{${container.name}}` };
      if (!this.behaviour.hasImage(container.image)) {
        const message = `Failed to pull image "${container.image}": this simulator has no such image`;
        recorder.event(pod, 'Warning', 'Failed', message, place);
        this.#report(pod, withEphemeral(pod, container, time, { message, reason: 'ErrImagePull' }));
        continue;
      }
      this.#recordStart(pod, container, place);
      this.#report(pod, withEphemeral(pod, container, time));
      if (endsAtOnce(container)) this.endContainer(namespace, name, container.name, 0);
    }
  }

  #recordStart(pod: KubeObject, { image }: Json, place: Parameters<ControllerContext['recorder']['event']>[4]): void {
    const { recorder } = this.context;
    const pulled = `Container image "${image}" already present on machine and can be accessed by the pod`;
    recorder.event(pod, 'Normal', 'Pulled', pulled, place);
    recorder.event(pod, 'Normal', 'Created', 'Container created', place);
    recorder.event(pod, 'Normal', 'Started', 'Container started', place);
  }

  #accept(pod: KubeObject): void {
    const { clock } = this.context;
    const { startDelay, startSpacing, longestWait, reportsCreating } = this.behaviour;
    const earliest = clock.now() + startDelay;
    this.#lastStart = Math.min(Math.max(earliest, this.#lastStart + startSpacing), earliest + longestWait);
    clock.schedule('kubelet-start', objectKey(pod), this.#lastStart - clock.now());
    if (reportsCreating) clock.schedule('kubelet-start', objectKey(pod) + CREATING, 0);
  }

  #start(task: string): void {
    const creating = task.endsWith(CREATING);
    const key = creating ? task.slice(0, -CREATING.length) : task;
    const { client, clock } = this.context;
    const { namespace, name } = splitKey(key);
    const pod = client.get('pods', namespace, name);
    if (!pod || pod.metadata.deletionTimestamp || pod.status?.phase === 'Running') return;
    const node = client.get('nodes', undefined, pod.spec.nodeName);
    const hostIP: string = node?.status?.addresses?.[0]?.address ?? '';
    if (!node) return;
    const time = rfc3339(clock.now());
    if (creating) {
      this.#report(pod, creatingStatus(pod, hostIP, time, { reason: 'ContainerCreating' }));
      return;
    }
    const unknown = pod.spec.containers.find(({ image }: Json) => !this.behaviour.hasImage(image));
    if (unknown) {
      this.#refuseImage(pod, unknown, hostIP, time);
      return;
    }
    if (this.behaviour.checksConfiguration && !this.#configured(pod, hostIP, time)) return;
    const podIP = pod.spec.hostNetwork ? hostIP : this.#address(node);
    this.#remember(pod, hostIP, podIP);
    for (const container of pod.spec.containers) {
      const place = { component: 'kubelet', host: pod.spec.nodeName, fieldPath: `spec.containers{${container.name}}` };
      this.#recordStart(pod, container, place);
    }
    const hasProbe = pod.spec.containers.some(({ readinessProbe }: Json) => readinessProbe);
    const ready = this.behaviour.ready?.(pod) ?? !hasProbe;
    this.#report(pod, runningStatus(pod, { hostIP, podIP }, time, ready));
    if (hasProbe && this.behaviour.ready === undefined) clock.schedule('kubelet-probe', key, 1000 * initialDelay(pod));
    if (pod.spec.restartPolicy === 'Never' && this.behaviour.checksConfiguration)
      for (const container of pod.spec.containers)
        if (endsAtOnce(container)) this.endContainer(namespace, name, container.name, 0);
  }

  #report(pod: KubeObject, status: Json): void {
    this.context.client.updateStatus('pods', { ...pod, status }, { owned: true });
  }

  #refuseImage(pod: KubeObject, container: Json, hostIP: string, time: string): void {
    const { clock, recorder } = this.context;
    const place = { component: 'kubelet', host: pod.spec.nodeName, fieldPath: `spec.containers{${container.name}}` };
    const message = `Failed to pull image "${container.image}": this simulator has no such image`;
    recorder.event(pod, 'Warning', 'Failed', message, place);
    const again = pod.status?.containerStatuses?.[0]?.state?.waiting?.reason === 'ErrImagePull';
    const waiting = again
      ? { message: `Back-off pulling image "${container.image}"`, reason: 'ImagePullBackOff' }
      : { message, reason: 'ErrImagePull' };
    this.#report(pod, creatingStatus(pod, hostIP, time, waiting));
    if (!again) clock.schedule('kubelet-start', objectKey(pod), BACK_OFF);
  }

  /** Whether volumes can be mounted and variables worked out; if not, says so and tries again later. */
  #configured(pod: KubeObject, hostIP: string, time: string): boolean {
    const { client, clock, recorder } = this.context;
    const host = pod.spec.nodeName;
    const failure = mountFailure(client, pod);
    if (failure !== undefined) {
      recorder.event(pod, 'Warning', 'FailedMount', failure, { component: 'kubelet', host });
      const delay = this.#mountRetries.get(pod.metadata.uid) ?? MOUNT_RETRY[0];
      this.#mountRetries.set(pod.metadata.uid, Math.min(2 * delay, MOUNT_RETRY[1]));
      clock.schedule('kubelet-start', objectKey(pod), delay);
      return false;
    }
    for (const container of pod.spec.containers) {
      try {
        environmentOf(client, pod, container, []);
      } catch (error) {
        if (!(error instanceof ContainerConfigError)) throw error;
        const { message } = error;
        const place = { component: 'kubelet', host, fieldPath: `spec.containers{${container.name}}` };
        recorder.event(pod, 'Warning', 'Failed', `Error: ${message}`, place);
        const waiting = { message, reason: 'CreateContainerConfigError' };
        this.#report(pod, creatingStatus(pod, hostIP, time, waiting));
        clock.schedule('kubelet-start', objectKey(pod), BACK_OFF);
        return false;
      }
    }
    return true;
  }

  /** Notes what the containers are told now: later changes of Services, ConfigMaps and Secrets do not reach their variables. */
  #remember(pod: KubeObject, hostIP: string, podIP: string): void {
    const { client } = this.context;
    const key = pod.spec.enableServiceLinks === false ? '' : pod.metadata.namespace!;
    const services = this.#visible.get(key) ?? visibleServices(client, pod);
    this.#visible.set(key, services);
    let environments = NO_ENVIRONMENTS;
    if (this.behaviour.checksConfiguration) {
      const placed = { ...pod, status: { ...pod.status, hostIP, podIP } };
      for (const container of pod.spec.containers) {
        if (container.env || container.envFrom)
          environments = new Map(environments).set(container.name, environmentOf(client, placed, container, services));
      }
    }
    this.#started.set(pod.metadata.uid, { services, environments });
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
    const ready = this.#readiness.get(pod.metadata.uid) ?? this.behaviour.ready?.(pod) ?? this.#probeSucceeds(pod);
    if (ready !== isPodReady(pod)) this.#report(pod, withReadiness(pod, ready, rfc3339(clock.now())));
    else if (!ready) this.#reportUnready(pod);
  }

  /** Whether every readiness probe of a running pod finds a listener. Exec probes are taken to succeed: containers are not processes here. */
  #probeSucceeds(pod: KubeObject): boolean {
    const listeners = listenersOf(pod, filesIn(this.context.client));
    return pod.spec.containers.every(({ readinessProbe, ports = [] }: Json) => {
      const wanted = readinessProbe?.httpGet?.port ?? readinessProbe?.tcpSocket?.port;
      if (wanted === undefined) return true;
      const number = typeof wanted === 'number' ? wanted : ports.find(({ name }: Json) => name === wanted)?.containerPort;
      return listeners.some(({ protocol, port }) => protocol === 'TCP' && port === number);
    });
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
    const before = preStopTime(pod);
    if (before >= grace) return grace;
    const heeds =
      this.behaviour.holdsOn !== undefined || pod.spec.containers.every(({ image }: Json) => findImage(image)?.apps.length !== 0);
    const delays = pod.spec.containers.map((container: Json) => findImage(container.image)?.shutdownDelay?.(container) ?? 0);
    return heeds ? Math.min(grace, before + this.behaviour.stopDelay + Math.max(0, ...delays)) : grace;
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

/** Reads the files that a container's volumes give it. */
export function filesIn(client: ControllerContext['client']): FileReader {
  return (pod, container) => (container.volumeMounts ? mountedFiles(client, pod, container) : {});
}

/** How long the longest preStop hook of a pod takes, ms. Of commands only those that sleep take time. */
function preStopTime(pod: KubeObject): number {
  const seconds = pod.spec.containers.map(({ lifecycle }: Json) => {
    const hook = lifecycle?.preStop;
    if (hook?.sleep) return hook.sleep.seconds ?? 0;
    const command = (hook?.exec?.command ?? []).join(' ');
    return [...command.matchAll(/\bsleep (\d+)/g)].reduce((sum: number, match: string[]) => sum + Number(match[1]), 0);
  });
  return 1000 * Math.max(0, ...seconds);
}

/** A shell that has neither input nor a script is done as soon as it runs. */
function endsAtOnce(container: Json): boolean {
  const image = findImage(container.image);
  return image !== undefined && image.listen(container, () => ({})) === undefined;
}

/** Upstream: kubectl debug mounts the node's root directory. */
function nodeRootOf({ spec }: KubeObject, { volumeMounts = [] }: Json): ContainerView['nodeRoot'] {
  const volume = (spec.volumes ?? []).find(({ hostPath }: Json) => hostPath?.path === '/')?.name;
  const mount = volumeMounts.find(({ name }: Json) => name === volume);
  return volume !== undefined && mount ? { node: spec.nodeName, path: mount.mountPath } : undefined;
}
