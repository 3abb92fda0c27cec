import { deepEqual, deepFreeze } from '../../apimachinery/json';
import { forbidden, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import type { Json, KubeObject } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, wide, type Cell, type ResourceDefinition } from '../resource';
import { any } from '../schema';
import { age } from '../table';
import { podSpecSchema, setPodSpecDefaults, validatePodSpec } from './podspec';

/** Reads a pod's word in the STATUS column. Upstream: pkg/printers/internalversion printPod. */
function podStatus(pod: KubeObject): string {
  const status = pod.status ?? {};
  let word: string = status.reason || status.phase || 'Unknown';
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated } = container.state ?? {};
    if (waiting?.reason) word = waiting.reason;
    else if (terminated?.reason) word = terminated.reason;
    else if (terminated) word = terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
  }
  if (pod.metadata.deletionTimestamp) return status.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  return word;
}

function podRow(pod: KubeObject, now: number): Cell[] {
  const statuses: Json[] = pod.status?.containerStatuses ?? [];
  const restarts = statuses.reduce((sum, container) => sum + (container.restartCount ?? 0), 0);
  return [
    pod.metadata.name,
    `${statuses.filter((container) => container.ready).length}/${pod.spec.containers.length}`,
    podStatus(pod),
    String(restarts),
    age(pod, now),
    pod.status?.podIP || '<none>',
    pod.spec.nodeName || '<none>',
    pod.status?.nominatedNodeName || '<none>',
    '<none>',
  ];
}

const MUTABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function validatePodUpdate(object: Json, old: KubeObject): FieldError[] {
  const still = (spec: Json) => ({
    ...spec,
    tolerations: undefined,
    activeDeadlineSeconds: undefined,
    containers: spec.containers?.map((container: Json) => ({ ...container, image: '' })),
    // binding sets it once
    nodeName: old.spec.nodeName ? spec.nodeName : undefined,
  });
  return deepEqual(still(object.spec), still(old.spec)) ? [] : [forbidden('spec', MUTABLE)];
}

function qosClass(spec: Json): string {
  const all: Json[] = spec.containers ?? [];
  const has = (kind: string) => all.some((container) => Object.keys(container.resources?.[kind] ?? {}).length > 0);
  if (!has('requests') && !has('limits')) return 'BestEffort';
  const guaranteed = all.every(({ resources }) =>
    ['cpu', 'memory'].every(
      (name) => resources?.limits?.[name] && (resources.requests?.[name] ?? resources.limits[name]) === resources.limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** What admission adds to a pod: its service account's token and the default tolerations. */
function admit(object: Json): void {
  const spec = object.spec;
  spec.serviceAccountName ??= 'default';
  spec.serviceAccount ??= spec.serviceAccountName;
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  spec.enableServiceLinks ??= true;
  const own: readonly Json[] = spec.tolerations ?? [];
  spec.tolerations = [...own, ...TOLERATIONS.filter(({ key }) => !own.some((toleration) => toleration.key === key))];
  if (spec.automountServiceAccountToken === false) return;
  const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
  const name = `kube-api-access-${object.metadata.uid
    .replace(/[^2456789bcdf]/g, '')
    .slice(0, 5)
    .padEnd(5, 'x')}`;
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    const mounts: readonly Json[] = container.volumeMounts ?? [];
    if (!mounts.some((mount) => mount.mountPath === mountPath))
      container.volumeMounts = [...mounts, { mountPath, name, readOnly: true }];
  }
  spec.volumes = [...(spec.volumes ?? []), { name, projected: TOKEN }];
}

// All pods have these in common.
const TOLERATIONS: readonly Json[] = deepFreeze(
  ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    effect: 'NoExecute',
    key,
    operator: 'Exists',
    tolerationSeconds: 300,
  })),
);
const TOKEN: Json = deepFreeze({
  defaultMode: 420,
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
    { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
  ],
});

export const pods: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  subresources: [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
    'status',
  ],
  generation: true,
  statusKeeps: ['ownerReferences'],
  schema: objectSchema('Pod', { spec: podSpecSchema, status: any }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.spec ??= {};
    setPodSpecDefaults(object.spec);
    object.spec.enableServiceLinks ??= true;
  },
  prepareForCreate(object) {
    admit(object);
    object.status = { phase: 'Pending', qosClass: qosClass(object.spec) };
  },
  validate: (object) => validatePodSpec(object.spec, 'spec'),
  validateUpdate: validatePodUpdate,
  selectableFields: (pod) => ({
    'spec.nodeName': pod.spec.nodeName ?? '',
    'spec.restartPolicy': pod.spec.restartPolicy,
    'spec.schedulerName': pod.spec.schedulerName,
    'spec.serviceAccountName': pod.spec.serviceAccountName ?? '',
    'spec.hostNetwork': String(pod.spec.hostNetwork ?? false),
    'status.phase': pod.status?.phase ?? '',
    'status.podIP': pod.status?.podIP ?? '',
    'status.nominatedNodeName': pod.status?.nominatedNodeName ?? '',
  }),
  columns: [
    nameColumn,
    column('Ready'),
    column('Status'),
    column('Restarts'),
    column('Age'),
    wide('IP'),
    wide('Node'),
    wide('Nominated Node'),
    wide('Readiness Gates'),
  ],
  row: podRow,
};
