import { duplicate, type FieldError, forbidden, invalid, missing, required } from '../apimachinery/fielderror';
import { clone, deepEqual } from '../apimachinery/json';
import { dns1123Label } from '../apimachinery/names';
import type { Json, KubeObject } from '../apimachinery/object';

/** The stored pod with the ephemeral containers of another version: nothing else changes. Upstream: dropNonEphemeralContainerUpdates. */
export function withEphemeralContainers(old: KubeObject, wanted: Json): Json {
  const { ephemeralContainers } = wanted.spec ?? {};
  const pod = clone(old) as KubeObject;
  if (wanted.metadata?.resourceVersion) pod.metadata.resourceVersion = wanted.metadata.resourceVersion;
  if (ephemeralContainers === undefined) delete pod.spec.ephemeralContainers;
  else pod.spec.ephemeralContainers = ephemeralContainers;
  return pod;
}

/** Fields of a container that an ephemeral one may not have. Upstream: allowedEphemeralContainerFields. */
const NOT_ALLOWED = ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

/** Upstream: pkg/apis/core/validation ValidatePodEphemeralContainersUpdate, validateEphemeralContainers. */
export function validateEphemeralContainers(object: Json, old: KubeObject): FieldError[] {
  const path = 'spec.ephemeralContainers';
  const containers: Json[] = object.spec.ephemeralContainers ?? [];
  const errors: FieldError[] = [];
  const others: string[] = [...(object.spec.initContainers ?? []), ...object.spec.containers].map(({ name }: Json) => name);
  const seen = new Set(others);
  containers.forEach((item, index) => {
    const field = `${path}[${index}]`;
    if (!item.name) errors.push(required(`${field}.name`));
    else {
      errors.push(...dns1123Label(item.name).map((message) => invalid(`${field}.name`, item.name, message)));
      if (seen.has(item.name)) errors.push(duplicate(`${field}.name`, item.name));
      seen.add(item.name);
    }
    if (!item.image) errors.push(required(`${field}.image`));
    const target = item.targetContainerName;
    if (target && !others.includes(target)) errors.push(missing(`${field}.targetContainerName`, target));
    for (const name of NOT_ALLOWED)
      if (item[name] !== undefined) errors.push(forbidden(`${field}.${name}`, 'cannot be set for an Ephemeral Container'));
  });
  for (const before of (old.spec.ephemeralContainers ?? []) as Json[]) {
    const after = containers.find(({ name }) => name === before.name);
    const name = JSON.stringify(before.name);
    if (!after) errors.push(forbidden(path, `existing ephemeral containers ${name} may not be removed\n`));
    else if (!deepEqual(before, after))
      errors.push(forbidden(path, `existing ephemeral containers ${name} may not be changed\n`));
  }
  return errors;
}
