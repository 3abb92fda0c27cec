import { timeFault } from '../cluster/apimachinery/gotime';
import type { Json } from '../cluster/apimachinery/object';
import { isMap } from '../cluster/apimachinery/strategiclists';

/** What kubectl itself checks before it sends a manifest: apiVersion and kind. Upstream: kubectl/pkg/validation. */
export function checkTypeMeta(value: Json): string | undefined {
  if (!isMap(value)) return 'invalid object to validate';
  const problems: string[] = [];
  for (const field of ['apiVersion', 'kind']) {
    const given = value[field];
    if (given === undefined || given === null) problems.push(`${field} not set`);
    else if (typeof given !== 'string') problems.push(`${field} isn't string type`);
  }
  if (problems.length > 1) return `[${problems.join(', ')}]`;
  if (problems.length === 1) return problems[0];
  if (value.apiVersion.split('/').length > 2) return `unexpected GroupVersion string: ${value.apiVersion}`;
  if (value.kind !== 'List' || value.apiVersion !== 'v1') return undefined;
  if (!Array.isArray(value.items)) return 'invalid object to validate';
  const inner: string[] = value.items.map(checkTypeMeta).filter((problem: string | undefined) => problem !== undefined);
  return inner.length > 1 ? `[${inner.join(', ')}]` : inner[0];
}

const jsonType = (value: Json) => {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

const STRINGS = ['generateName', 'name', 'namespace', 'resourceVersion', 'selfLink'];
const NUMBERS = ['deletionGracePeriodSeconds', 'generation'];
const MAPS = ['annotations', 'labels'];
const TIMES = ['creationTimestamp', 'deletionTimestamp'];

/** Metadata whose types kubectl cannot read: the Go decoder's text. */
export function checkMetadata(object: Json): string | undefined {
  const metadata = object.metadata;
  if (metadata === undefined || metadata === null) return undefined;
  if (!isMap(metadata)) {
    return `json: cannot unmarshal ${jsonType(metadata)} into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta`;
  }
  const wrong = (field: string, value: Json, type: string) =>
    `json: cannot unmarshal ${jsonType(value)} into Go struct field ObjectMeta.metadata.${field} of type ${type}`;
  for (const field of Object.keys(metadata).sort()) {
    const value = metadata[field];
    if (value === null) continue;
    if (STRINGS.includes(field) && typeof value !== 'string') return wrong(field, value, 'string');
    if (field === 'uid' && typeof value !== 'string') return wrong(field, value, 'types.UID');
    if (NUMBERS.includes(field) && !Number.isSafeInteger(value)) return wrong(field, value, 'int64');
    if (field === 'finalizers') {
      if (!Array.isArray(value)) return wrong(field, value, '[]string');
      const bad = value.find((item) => item !== null && typeof item !== 'string');
      if (bad !== undefined) return wrong(field, bad, 'string');
    }
    if (field === 'ownerReferences' && !Array.isArray(value)) return wrong(field, value, '[]v1.OwnerReference');
    if (MAPS.includes(field)) {
      if (!isMap(value)) return wrong(field, value, 'map[string]string');
      const bad = Object.values(value).find((item) => item !== null && typeof item !== 'string');
      if (bad !== undefined) return wrong(field, bad, 'string');
    }
    if (TIMES.includes(field)) {
      if (typeof value !== 'string') return wrong(field, value, 'string');
      const fault = timeFault(value);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}
