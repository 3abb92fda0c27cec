import { badRequest } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';
import { inGoOrder } from './goorder';
import { goSchema } from './goschema';
import { groupVersion } from './registry';
import type { ResourceDefinition } from './resource';
import type { ApiRequest } from './rest';
import { toTable } from './table';

/** In which form a client wants objects: whole, only their metadata, or as rows. Upstream: pkg/endpoints/handlers/response.go. */
export type View = 'Object' | 'PartialObjectMetadata' | 'Table';

export function viewOf({ headers }: ApiRequest): View {
  const wanted = /as=(Table|PartialObjectMetadata)/.exec(headers?.accept ?? '')?.[1];
  return (wanted as View | undefined) ?? 'Object';
}

/** An object in a form. @param now ms since the epoch @param query may name what rows carry: `includeObject` */
export function viewObject(
  view: View,
  definition: ResourceDefinition,
  object: KubeObject,
  now: number,
  query: Record<string, string> = {},
  metadata: Json = { resourceVersion: object.metadata.resourceVersion },
): Json {
  if (view === 'Table') return toTable(definition, [object], metadata, now, includeOf(query));
  return view === 'PartialObjectMetadata' ? partial(object) : whole(definition, object);
}

/** A list in a form; its items do not repeat their kind. */
export function viewList(
  view: View,
  definition: ResourceDefinition,
  objects: readonly KubeObject[],
  metadata: Json,
  now: number,
  query: Record<string, string>,
): Json {
  if (view === 'Table') return toTable(definition, objects, metadata, now, includeOf(query));
  if (view === 'PartialObjectMetadata') {
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: objects.map(partial) };
  }
  const items = objects.map((object) => {
    const { kind: _kind, apiVersion: _apiVersion, ...rest } = whole(definition, object);
    return rest;
  });
  return { kind: `${definition.kind}List`, apiVersion: groupVersion(definition), metadata, items };
}

/** With a status in Go's order. */
const whole = ({ status }: ResourceDefinition, object: KubeObject): KubeObject =>
  status && object.status ? { ...object, status: inGoOrder(goSchema(status), object.status) } : object;

const partial = ({ metadata }: KubeObject): Json => ({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });

function includeOf({ includeObject = 'Metadata' }: Record<string, string>): string {
  if (['', 'None', 'Metadata', 'Object'].includes(includeObject)) return includeObject || 'Metadata';
  throw badRequest(`unrecognized includeObject value: ${JSON.stringify(includeObject)}`);
}
