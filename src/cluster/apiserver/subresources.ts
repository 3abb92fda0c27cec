import { ApiError, badRequest, conflict, notFound, notSimulated } from '../apimachinery/errors';
import { clone } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { fromLabelSelector } from '../apimachinery/selector';
import { scaledEntries, scaleManagers } from './fields/managers';
import { objectSchema } from './metadata';
import { formatSelector } from './resources/workload';
import type { Target } from './path';
import { groupVersion, type Registry, type WriteOptions } from './registry';
import type { ApiRequest } from './rest';
import { int32, string, struct } from './schema';
import { since } from './table';

/** The Scale view of a Deployment or ReplicaSet. Upstream: pkg/registry/apps/deployment/storage scaleFromDeployment. */
export function scaleOf(object: KubeObject): Json {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { ...(object.spec.replicas !== 0 && { replicas: object.spec.replicas }) },
    status: {
      replicas: object.status?.replicas ?? 0,
      ...(fromLabelSelector(object.spec.selector).length > 0 && { selector: formatSelector(object.spec.selector) }),
    },
  };
}

/** The type of a Scale. Upstream: k8s.io/api/autoscaling/v1. */
export const SCALE = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  schema: objectSchema('Scale', {
    spec: struct('ScaleSpec', { replicas: int32 }),
    status: struct('ScaleStatus', { replicas: int32, selector: string }),
  }),
};

/** The Scale that a patch is applied to: it names the managers of the number too. Upstream: scaleUpdatedObjectInfo. */
export function patchedScale(registry: Registry, object: KubeObject): Json {
  const scale = scaleOf(object);
  const managedFields = scaleManagers(registry.managers.entriesOf(object));
  return managedFields.length === 0 ? scale : { ...scale, metadata: { ...scale.metadata, managedFields } };
}

/** What `kubectl get --subresource=scale` shows. Upstream: pkg/printers/internalversion printScale. */
export const scaleTable = ({ metadata, spec, status }: Json, now: number): Json => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: { resourceVersion: metadata.resourceVersion },
  columnDefinitions: [
    { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 },
    { name: 'Desired', type: 'integer', format: '', description: '', priority: 0 },
    { name: 'Available', type: 'integer', format: '', description: '', priority: 0 },
    { name: 'Age', type: 'string', format: '', description: '', priority: 0 },
  ],
  rows: [
    {
      cells: [metadata.name, spec.replicas ?? 0, status.replicas, since(metadata.creationTimestamp, now)],
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
    },
  ],
});

/** Writes `spec.replicas` through a Scale. Throws ApiError. */
export function writeScale(registry: Registry, target: Target, scale: Json, options: WriteOptions): Json {
  const { definition, namespace, name } = target;
  const old = registry.get(definition.plural, namespace, name!);
  if (!old) throw notFound(definition, name!);
  const replicas = scale.spec?.replicas ?? 0;
  if (replicas < 0) {
    throw new ApiError({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `Scale.autoscaling "${name}" is invalid: spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`,
      reason: 'Invalid',
      details: {
        name,
        group: 'autoscaling',
        kind: 'Scale',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
            field: 'spec.replicas',
          },
        ],
      },
      code: 422,
    });
  }
  const object = clone(old) as KubeObject;
  object.spec.replicas = replicas;
  const version = scale.metadata?.resourceVersion;
  if (version) object.metadata.resourceVersion = version;
  const { writer } = options;
  const before = registry.managers.entriesOf(old);
  const entries = writer && replicas !== old.spec.replicas ? scaledEntries(before, writer, groupVersion(definition)) : before;
  return scaleOf(registry.update(definition.plural, object, { ...options, entries }));
}

/** Binds a pod to a node (what a scheduler does). Throws ApiError. */
export function bind(registry: Registry, target: Target, binding: Json): Json {
  const { namespace, name } = target;
  const old = registry.get('pods', namespace, name!);
  if (!old) throw notFound(target.definition, name!);
  const nodeName = binding?.target?.name;
  if (!nodeName) throw badRequest('Binding.target.name: Required value');
  if (old.spec.nodeName)
    throw conflict(
      { group: '', kind: 'Pod', plural: 'pods/binding' },
      name!,
      `pod ${name} is already assigned to node "${old.spec.nodeName}"`,
    );
  const pod = clone(old) as KubeObject;
  pod.spec.nodeName = nodeName;
  registry.update('pods', pod, { keepsGeneration: true });
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

/** Evicts a pod. Throws ApiError. Upstream: pkg/registry/core/pod/storage EvictionREST.Create. */
export function evict(registry: Registry, { namespace, name = '' }: Target, eviction: Json): Json {
  if (!eviction) {
    const why = "couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)";
    throw badRequest(`the object provided is unrecognized (must be of type Eviction): ${why}`);
  }
  if (eviction.metadata?.name !== undefined && eviction.metadata.name !== name)
    throw badRequest('name in URL does not match name in Eviction object');
  registry.delete('pods', namespace, name, { ...eviction.deleteOptions });
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

/**
 * Answers requests on subresources that do not hold an object of their own. Throws ApiError: what is wrong with the request, or 501.
 * @param get reads the object; throws NotFound
 */
export function unknownSubresource({ headers }: ApiRequest, { subresource = '' }: Target, get: () => KubeObject): never {
  get();
  if (CONNECTIONS.includes(subresource) && !headers?.upgrade) throw badRequest('Upgrade request required');
  throw notSimulated(LIMITS[subresource] ?? `have ${subresource}`);
}

const CONNECTIONS = ['attach', 'exec', 'portforward'];

const IN_CONTAINERS = 'run commands in containers through the API; the terminal does it by itself';

/** What a real server could do. */
const LIMITS: Record<string, string> = {
  attach: IN_CONTAINERS,
  exec: IN_CONTAINERS,
  portforward: 'forward ports through the API; the terminal does it by itself',
  proxy: 'forward requests through the API server; ask the Service or the pod itself',
  resize: 'resize running pods',
  token: 'issue tokens',
};
