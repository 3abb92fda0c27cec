import type { Kind } from './kind';
import { findResource } from './resources';
import type { ResourceDefinition } from './resource';

/** What a URL path points at. */
export interface Target {
  definition: ResourceDefinition;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/** Reads `/api/v1/namespaces/NS/services/NAME/status` and the like; undefined when the server keeps no objects there. */
export function parsePath(path: string): Target | undefined {
  return readPath(path, findResource);
}

/** As `parsePath`, for any way to look kinds up. */
export function readPath<K extends Kind>(
  path: string,
  find: (group: string, version: string, plural: string) => K | undefined,
): { definition: K; namespace?: string; name?: string; subresource?: string } | undefined {
  const parts: string[] = path.split('/').filter(Boolean).map(decodeSegment);
  // a slash that was encoded is no part of a name
  if (parts.some((part) => part.includes('/'))) return undefined;
  let group = '';
  const root = parts.shift();
  if (root === 'apis') group = parts.shift() ?? '';
  else if (root !== 'api') return undefined;
  const version = parts.shift();
  if (!version) return undefined;
  let namespace: string | undefined;
  // /namespaces/NS/RESOURCE..., but /namespaces/NAME and /namespaces/NAME/status are the namespace itself
  if (parts[0] === 'namespaces' && parts.length > 2 && !['status', 'finalize'].includes(parts[2]!)) {
    namespace = parts[1]!;
    parts.splice(0, 2);
  }
  const [plural, name, ...rest] = parts;
  const definition = plural ? find(group, version, plural) : undefined;
  if (!definition || (namespace !== undefined && !definition.namespaced)) return undefined;
  if (name !== undefined && definition.namespaced && namespace === undefined) return undefined;
  return { definition, namespace, name, ...(rest.length > 0 && { subresource: rest.join('/') }) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
