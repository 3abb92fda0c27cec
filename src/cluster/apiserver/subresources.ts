import {
  ApiError,
  badRequest,
  conflict,
  methodNotAllowed,
  noSuchPath,
  notFound,
  notSimulated,
  STALE,
} from '../apimachinery/errors';
import { clone } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { fromLabelSelector } from '../apimachinery/selector';
import { formatSelector } from './resources/workload';
import type { Target } from './path';
import type { Registry, WriteOptions } from './registry';

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

/** Writes `spec.replicas` through a Scale. Throws ApiError. */
export function writeScale(registry: Registry, target: Target, scale: Json, options: WriteOptions): Json {
  const { definition, namespace, name } = target;
  const old = registry.get(definition.plural, namespace, name!);
  if (!old) throw notFound(definition, name!);
  const version = scale.metadata?.resourceVersion;
  if (version && version !== old.metadata.resourceVersion) throw conflict(definition, name!, STALE);
  const replicas = scale.spec?.replicas ?? 0;
  if (typeof replicas !== 'number') {
    throw badRequest(
      'Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32',
    );
  }
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
  return scaleOf(registry.update(definition.plural, object, options));
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

/** Answers requests on subresources that do not hold an object of their own. Throws ApiError for those there are not. */
export function unknownSubresource(target: Target): never {
  const known = target.definition.subresources?.includes(target.subresource as 'status');
  if (!known) throw noSuchPath();
  const limit = LIMITS[target.subresource!];
  if (limit) throw notSimulated(limit);
  throw methodNotAllowed();
}

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
