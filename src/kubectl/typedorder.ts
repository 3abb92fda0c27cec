import type { Json } from '../cluster/apimachinery/object';

/** The fields of objects, pods, containers and services as Kubernetes' types have them, in one sequence that keeps the order of each. */
const ORDER =
  `kind apiVersion metadata spec name generateName namespace uid resourceVersion generation creationTimestamp labels annotations
  ownerReferences finalizers observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas
  terminatingReplicas image command args workingDir hostPort containerPort ports selector template strategy minReadySeconds
  revisionHistoryLimit paused progressDeadlineSeconds clusterIP clusterIPs type status lastProbeTime lastUpdateTime lastTransitionTime
  reason message externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy
  healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts
  loadBalancerClass internalTrafficPolicy protocol appProtocol path port host scheme targetPort nodePort volumes initContainers
  ephemeralContainers containers envFrom env key operator value valueFrom resources limits requests resizePolicy restartPolicy
  terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount
  automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace volumeMounts volumeDevices livenessProbe
  readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext
  imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig
  readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints effect tolerationSeconds httpGet tcpSocket exec grpc
  initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold conditions stdin stdinOnce tty`.split(/\s+/);

/** Types that have them in another order, by the field they stand in. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  ownerReferences: 'apiVersion kind name uid controller blockOwnerDeletion',
  involvedObject: 'kind namespace name uid apiVersion resourceVersion fieldPath',
  scaleTargetRef: 'kind name apiVersion',
  'ReplicaSet.status':
    'replicas fullyLabeledReplicas readyReplicas availableReplicas terminatingReplicas observedGeneration conditions',
};

type Ranks = ReadonlyMap<string, number>;
const ranks = (names: readonly string[]): Ranks => new Map(names.map((name, index) => [name, index]));
const USUAL = ranks(ORDER);
const UNUSUAL = new Map(Object.entries(EXCEPTIONS).map(([field, names]) => [field, ranks(names.split(' '))]));

/** The value with its fields in the order in which Go would write them; fields that are not known keep their places at the end. */
export function inTypedOrder(value: Json): Json {
  return ordered(value, '', typeof value?.kind === 'string' ? value.kind : '');
}

function ordered(value: Json, field: string, kind: string): Json {
  if (Array.isArray(value)) return value.map((item) => ordered(item, field, kind));
  if (typeof value !== 'object' || value === null) return value;
  const order = UNUSUAL.get(field) ?? UNUSUAL.get(`${kind}.${field}`) ?? USUAL;
  const rank = (name: string) => order.get(name) ?? Infinity;
  const keys = Object.keys(value).sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key], key, kind)]));
}

/** The object with the fields that Kubernetes' types write even when nothing is in them, and its containers' fields in their order. */
export function asTyped(object: Json): Json {
  const { kind, spec, status } = object;
  const template = spec?.template;
  const empty = { Service: { loadBalancer: {} }, ReplicaSet: { replicas: 0 } }[kind as string] ?? {};
  const typed = {
    ...spec,
    ...(template && { template: { ...template, metadata: template.metadata ?? {}, spec: withResources(template.spec) } }),
    ...(kind === 'Deployment' && { strategy: spec.strategy ?? {} }),
  };
  if (spec === undefined) return inTypedOrder(object);
  return inTypedOrder({ ...object, spec: kind === 'Pod' ? withResources(typed) : typed, status: status ?? empty });
}

/** Go writes the resources of a container even where it has none. */
export function withResources(spec: Json): Json {
  if (!Array.isArray(spec?.containers)) return spec;
  const filled = (containers: Json[]) => containers.map((one) => ({ ...one, resources: one.resources ?? {} }));
  const { containers, initContainers } = spec;
  return {
    ...spec,
    containers: filled(containers),
    ...(Array.isArray(initContainers) && { initContainers: filled(initContainers) }),
  };
}
