import { KubectlError } from './errors';

/** Splits arguments into what names objects and the `key=value` and `key-` behind it. @throws KubectlError Upstream: GetResourcesAndPairs. */
export function resourcesAndPairs(args: readonly string[], kind: string): { resources: string[]; pairs: string[] } {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const arg of args) {
    const isPair = (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-');
    if (isPair) pairs.push(arg);
    else if (pairs.length === 0) resources.push(arg);
    else throw new KubectlError(`all resources must be specified before ${kind} changes: ${arg}`);
  }
  return { resources, pairs };
}
