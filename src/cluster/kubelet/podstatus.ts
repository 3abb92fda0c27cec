import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { deepEqual, deepFreeze } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';

// Statuses as a kubelet reports them. Times are RFC 3339. They are many, so what pods have in common is one frozen object.

export interface PodPlace {
  hostIP: string;
  podIP: string;
}

/** While the containers are being made. */
export function creatingStatus(
  pod: KubeObject,
  hostIP: string,
  time: string,
  waiting: { reason: string; message?: string },
): Json {
  const names = pod.spec.containers.map(({ name }: Json) => name).join(' ');
  const notReady = { message: `containers with unready status: [${names}]`, reason: 'ContainersNotReady' };
  return {
    ...pod.status,
    conditions: [
      condition(pod, 'PodReadyToStartContainers', false, time),
      condition(pod, 'Initialized', true, time),
      condition(pod, 'Ready', false, time, notReady),
      condition(pod, 'ContainersReady', false, time, notReady),
      condition(pod, 'PodScheduled', true, time),
    ],
    containerStatuses: pod.spec.containers.map((container: Json) => ({
      image: container.image,
      imageID: '',
      lastState: NOTHING,
      name: container.name,
      ready: false,
      restartCount: 0,
      started: false,
      state: common('waiting', { waiting }),
    })),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    observedGeneration: pod.metadata.generation,
    phase: 'Pending',
    startTime: pod.status?.startTime ?? time,
  };
}

/** When all containers run. */
export function runningStatus(pod: KubeObject, place: PodPlace, time: string, ready: boolean): Json {
  return {
    ...pod.status,
    conditions: readyConditions(pod, ready, time),
    containerStatuses: pod.spec.containers.map((container: Json) => ({
      containerID: containerID(pod, container.name),
      image: imageName(container.image),
      imageID: imageID(container.image),
      lastState: NOTHING,
      name: container.name,
      ready,
      resources: NOTHING,
      restartCount: 0,
      started: true,
      state: common('running', { running: { startedAt: time } }),
      user: ROOT,
      ...(container.volumeMounts && {
        volumeMounts: container.volumeMounts.map((mount: Json) => ({
          ...mount,
          ...(mount.readOnly && { recursiveReadOnly: 'Disabled' }),
        })),
      }),
    })),
    hostIP: place.hostIP,
    // what was told while the containers were being made is the same
    hostIPs: isOnly(place.hostIP, pod.status?.hostIPs) ? pod.status.hostIPs : [{ ip: place.hostIP }],
    observedGeneration: pod.metadata.generation,
    phase: 'Running',
    podIP: place.podIP,
    podIPs: [{ ip: place.podIP }],
    startTime: pod.status?.startTime ?? time,
  };
}

/** A running pod with one more ephemeral container, which runs or cannot (`waiting`). */
export function withEphemeral(
  pod: KubeObject,
  container: Json,
  time: string,
  waiting?: { reason: string; message: string },
): Json {
  const before: Json[] = pod.status.ephemeralContainerStatuses ?? [];
  const made = {
    ...(!waiting && { containerID: containerID(pod, container.name) }),
    image: waiting ? container.image : imageName(container.image),
    imageID: waiting ? '' : imageID(container.image),
    lastState: NOTHING,
    name: container.name,
    ready: false,
    restartCount: 0,
    state: waiting ? { waiting } : { running: { startedAt: time } },
    ...(!waiting && { user: ROOT }),
  };
  return {
    ...pod.status,
    ephemeralContainerStatuses: [...before.filter(({ name }) => name !== container.name), made],
    observedGeneration: pod.metadata.generation,
  };
}

/** A pod one of whose containers has ended and is not started again. With the last of them the pod ends. */
export function withEnded(pod: KubeObject, container: string, exitCode: number, time: string): Json {
  const end = (status: Json) =>
    status.name !== container || !status.state?.running
      ? status
      : {
          ...status,
          ready: false,
          ...(status.started !== undefined && { started: false }),
          state: {
            terminated: {
              containerID: status.containerID,
              exitCode,
              finishedAt: time,
              reason: exitCode === 0 ? 'Completed' : 'Error',
              startedAt: status.state.running.startedAt,
            },
          },
        };
  const { ephemeralContainerStatuses } = pod.status;
  const containerStatuses: Json[] = pod.status.containerStatuses.map(end);
  const status = {
    ...pod.status,
    containerStatuses,
    ...(ephemeralContainerStatuses && { ephemeralContainerStatuses: ephemeralContainerStatuses.map(end) }),
  };
  if (!containerStatuses.every(({ state }) => state.terminated)) return status;
  const failed = containerStatuses.some(({ state }) => state.terminated.exitCode !== 0);
  const why = { reason: failed ? 'PodFailed' : 'PodCompleted' };
  const ended = (type: string, value: boolean, told = true) => condition(pod, type, value, time, told ? why : undefined);
  return {
    ...status,
    conditions: [
      ended('PodReadyToStartContainers', false, false),
      ended('Initialized', true, !failed),
      ended('Ready', false),
      ended('ContainersReady', false),
      ended('PodScheduled', true, false),
    ],
    phase: failed ? 'Failed' : 'Succeeded',
  };
}

/** A running pod whose readiness changes. */
export function withReadiness(pod: KubeObject, ready: boolean, time: string): Json {
  return {
    ...pod.status,
    conditions: readyConditions(pod, ready, time),
    containerStatuses: pod.status.containerStatuses.map((status: Json) => ({ ...status, ready })),
  };
}

function readyConditions(pod: KubeObject, ready: boolean, time: string): Json[] {
  const names = pod.spec.containers.map(({ name }: Json) => name).join(' ');
  const why = ready ? undefined : { message: `containers with unready status: [${names}]`, reason: 'ContainersNotReady' };
  return [
    condition(pod, 'PodReadyToStartContainers', true, time),
    condition(pod, 'Initialized', true, time),
    condition(pod, 'Ready', ready, time, why),
    condition(pod, 'ContainersReady', ready, time, why),
    condition(pod, 'PodScheduled', true, time),
  ];
}

function condition(
  pod: KubeObject,
  type: string,
  value: boolean,
  time: string,
  why?: { message?: string; reason: string },
): Json {
  const status = value ? 'True' : 'False';
  const before = conditionOf(pod, type);
  const lastTransitionTime: string = before?.status === status ? before.lastTransitionTime : time;
  const { generation } = pod.metadata;
  // pods that start together say the same of themselves
  const conditions = value ? lastTrue : lastFalse;
  const last = conditions.get(type);
  if (
    last?.lastTransitionTime === lastTransitionTime &&
    last.observedGeneration === generation &&
    last.message === why?.message &&
    last.reason === why?.reason
  )
    return last;
  const made = deepFreeze({ lastProbeTime: null, lastTransitionTime, ...why, observedGeneration: generation, status, type });
  conditions.set(type, made);
  return made;
}

const isOnly = (ip: string, list: readonly Json[] | undefined): boolean => list?.length === 1 && list[0].ip === ip;

function conditionOf({ status }: KubeObject, type: string): Json {
  const conditions: readonly Json[] = status?.conditions ?? [];
  for (let i = 0; i < conditions.length; i++) if (conditions[i].type === type) return conditions[i];
  return undefined;
}

/** Conditions that were made last, by type. */
const lastTrue = new Map<string, Json>();
const lastFalse = new Map<string, Json>();

const NOTHING: Json = deepFreeze({});
const ROOT: Json = deepFreeze({ linux: { gid: 0, supplementalGroups: [0], uid: 0 } });

const lastOf = new Map<string, Json>();

/** The part that was made last in this place, when the new one is the same. */
function common(place: string, part: Json): Json {
  const last = lastOf.get(place);
  if (last !== undefined && deepEqual(last, part)) return last;
  lastOf.set(place, deepFreeze(part));
  return part;
}

/** Follows from the pod's uid, as on the clusters of the recordings. */
function containerID({ metadata }: KubeObject, container: string): string {
  // joined, not added up: a string put together of parts keeps all of them in memory
  return ['containerd://', bytesToHex(sha256(utf8ToBytes(metadata.uid + container)))].join('');
}

/** What an image's tag stands for: here the same tag is always the same image. */
function imageID(reference: string): string {
  const known = imageIDs.get(reference);
  if (known !== undefined) return known;
  const name = imageName(reference);
  const digest = () => bytesToHex(sha256(utf8ToBytes(name)));
  const id = name.includes('@') ? name : `${name.replace(/:[^:/]+$/, '')}@sha256:${digest()}`;
  if (imageIDs.size >= MAX_IMAGES) imageIDs.clear();
  imageIDs.set(reference, id);
  return id;
}

const imageIDs = new Map<string, string>();
const MAX_IMAGES = 1000;

/** The full name of an image: `nginx:1.27` is `docker.io/library/nginx:1.27`. */
function imageName(reference: string): string {
  const tagged = /(:[^:/]+|@.*)$/.test(reference) ? reference : `${reference}:latest`;
  const [first] = tagged.split('/') as [string];
  if (!tagged.includes('/')) return `docker.io/library/${tagged}`;
  return first.includes('.') || first.includes(':') || first === 'localhost' ? tagged : `docker.io/${tagged}`;
}
