import { clone, deepEqual, deepFreeze } from '../../apimachinery/json';
import { forbidden, invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import type { Json, KubeObject } from '../../apimachinery/object';
import { goSchema } from '../goschema';
import { objectSchema } from '../metadata';
import { column, nameColumn, wide, type Cell, type ResourceDefinition } from '../resource';
import { any } from '../schema';
import { age } from '../table';
import { setPodDefaults, setPodSpecDefaults, validatePodSpec } from './podspec';
import { podSpecDifference } from './podspecdiff';

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

/** Upstream: ValidatePodUpdate. */
function validatePodUpdate(object: Json, old: KubeObject): FieldError[] {
  for (const field of ['containers', 'initContainers'])
    if ((object.spec[field] ?? []).length !== (old.spec[field] ?? []).length)
      return [forbidden(`spec.${field}`, 'pod updates may not add or remove containers')];
  const errors = [
    ...validateImages(object, old),
    ...validateDeadlineUpdate(object.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds),
  ];
  const bare = ({ tolerationSeconds: _seconds, ...toleration }: Json): Json => toleration;
  const kept = object.spec.tolerations === old.spec.tolerations;
  const now: Json[] = kept ? [] : (object.spec.tolerations ?? []).map(bare);
  if (!kept && (old.spec.tolerations ?? []).some((was: Json) => !now.some((toleration) => deepEqual(toleration, bare(was)))))
    errors.push(forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'));
  const gates = (spec: Json): string[] => (spec.schedulingGates ?? []).map(({ name }: Json) => name);
  gates(object.spec).forEach((name, index) => {
    if (!gates(old.spec).includes(name))
      errors.push(
        forbidden(`spec.schedulingGates[${index}].name`, `only deletion is allowed, but found new scheduling gate '${name}'`),
      );
  });
  if (object.spec === old.spec) return errors;
  const munged = withoutChangeable(object.spec, old.spec);
  if (deepEqual(munged, old.spec)) return errors;
  return [...errors, forbidden('spec', `${MUTABLE}\n${podSpecDifference(old.spec, munged)}`)];
}

/** Upstream: ValidateContainerUpdates, validateContainerOnlyForPod. */
function validateImages({ spec }: Json, old?: KubeObject): FieldError[] {
  return ['containers', 'initContainers'].flatMap((field) =>
    !spec[field] || spec[field] === old?.spec[field]
      ? []
      : spec[field].flatMap(({ image = '' }: Json, index: number) => {
          const path = `spec.${field}[${index}].image`;
          if (!image) return old ? [required(path)] : [];
          return image.trim() === image ? [] : [invalid(path, image, 'must not have leading or trailing whitespace')];
        }),
  );
}

/** The new spec with what may change as it was. */
function withoutChangeable(spec: Json, old: Json): Json {
  const munged: Json = { ...spec };
  for (const field of ['containers', 'initContainers'])
    if (spec[field] && spec[field] !== old[field])
      munged[field] = spec[field].map((item: Json, index: number) => ({ ...item, image: old[field][index].image }));
  const kept = ['activeDeadlineSeconds', 'tolerations', 'schedulingGates'];
  // binding sets it once
  if (!old.nodeName) kept.push('nodeName');
  if (old.terminationGracePeriodSeconds < 0 && spec.terminationGracePeriodSeconds === 1)
    kept.push('terminationGracePeriodSeconds');
  for (const field of kept) {
    if (old[field] === undefined) delete munged[field];
    else munged[field] = old[field];
  }
  return munged;
}

/** A pod may only be given less time, s. */
function validateDeadlineUpdate(now: number | undefined, before: number | undefined): FieldError[] {
  const field = 'spec.activeDeadlineSeconds';
  if (before === undefined) return [];
  if (now === undefined) return [invalid(field, null, 'must not update from a positive integer to nil value')];
  return now > before ? [invalid(field, now, 'must be less than or equal to previous value')] : [];
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
function admit(object: Json, account: Json): void {
  const spec = object.spec;
  if (account?.imagePullSecrets?.length && !spec.imagePullSecrets?.length)
    spec.imagePullSecrets = clone(account.imagePullSecrets);
  spec.serviceAccountName ??= 'default';
  spec.serviceAccount ??= spec.serviceAccountName;
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  spec.enableServiceLinks ??= true;
  tolerate(spec);
  if ((spec.automountServiceAccountToken ?? account?.automountServiceAccountToken) === false) return;
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

/** Upstream: plugin/pkg/admission/defaulttolerationseconds. */
function tolerate(spec: Json): void {
  const own: readonly Json[] = spec.tolerations ?? [];
  const covers = (toleration: Json, key: string) =>
    (!toleration.key || toleration.key === key) && (!toleration.effect || toleration.effect === 'NoExecute');
  const added = TOLERATIONS.filter(({ key }) => !own.some((toleration) => covers(toleration, key)));
  if (added.length > 0) spec.tolerations = [...own, ...added];
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
  schema: objectSchema('Pod', { spec: goSchema('PodSpec'), status: any }),
  status: 'PodStatus',
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.spec ??= {};
    setPodSpecDefaults(object.spec);
    setPodDefaults(object.spec);
  },
  prepareForCreate(object, account) {
    admit(object, account);
    object.status = { phase: 'Pending', qosClass: qosClass(object.spec) };
  },
  prepareForUpdate: ({ spec }) => tolerate(spec),
  validate: (object, old) => [
    ...validatePodSpec(object.spec, 'spec'),
    ...(old || !object.spec.ephemeralContainers?.length
      ? []
      : [forbidden('spec.ephemeralContainers', 'cannot be set on create')]),
    ...(old ? [] : validateImages(object)),
  ],
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
