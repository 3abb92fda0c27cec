import { applyJsonPatch } from '../cluster/apimachinery/jsonpatch';
import { applyMergePatch } from '../cluster/apimachinery/mergepatch';
import type { Json } from '../cluster/apimachinery/object';
import { applyStrategicMergePatch } from '../cluster/apimachinery/strategicpatch';
import { KubectlError } from './errors';
import { flag, type FlagValues } from './flags';
import { parseJson } from './parsejson';
import { inTypedOrder, withResources } from './typedorder';

/** Flags that change a generated object before it is sent. */
export const overrideFlags = [
  flag('override-type', 'string', 'How --overrides is applied: json, merge or strategic.', { default: 'merge' }),
  flag('overrides', 'string', 'JSON that changes the generated object.'),
];

/** The object as --overrides wants it. @throws KubectlError Upstream: kubectl/pkg/cmd/util Overrider. */
export function withOverrides(flags: FlagValues, object: Json): Json {
  const text = flags.string('overrides');
  if (text === '') return object;
  const type = flags.string('override-type') || 'merge';
  if (!['json', 'merge', 'strategic'].includes(type)) throw new KubectlError(`invalid override type: ${type}`);
  const patch = parse(text);
  if (type === 'json' && !Array.isArray(patch))
    throw new KubectlError(`json: cannot unmarshal ${goType(patch)} into Go value of type jsonpatch.Patch`);
  const changed = apply(type, object, patch);
  if (typeof changed !== 'object' || Array.isArray(changed) || changed === null)
    throw new KubectlError(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${goType(changed)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  if (changed.kind !== object.kind || changed.apiVersion !== object.apiVersion)
    throw new KubectlError(
      `no kind ${JSON.stringify(changed.kind)} is registered for version ${JSON.stringify(changed.apiVersion)} in scheme "pkg/scheme/scheme.go:28"`,
    );
  for (const field of ['metadata', 'spec'])
    if (changed[field] === null || typeof changed[field] !== 'object')
      throw new KubectlError(
        `json: cannot unmarshal ${goType(changed[field])} into Go struct field ${object.kind}.${field} of type ${field === 'spec' ? `v1.${object.kind}Spec` : 'v1.ObjectMeta'}`,
      );
  return inTypedOrder({ ...changed, spec: withResources(changed.spec) });
}

/** Fields that the type does not have are gone by then: the server never sees them. */
export const overriddenQuery = (flags: FlagValues): Record<string, string> =>
  flags.string('overrides') ? { fieldValidation: 'Ignore' } : {};

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof KubectlError) throw error;
    throw new KubectlError('Invalid JSON Patch');
  }
}

function apply(type: string, object: Json, patch: Json): Json {
  try {
    if (type === 'json') return applyJsonPatch(object, patch);
    return type === 'merge' ? applyMergePatch(object, patch) : applyStrategicMergePatch(object.kind, object, patch);
  } catch (error) {
    throw error instanceof Error ? new KubectlError(error.message) : error;
  }
}

function goType(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
