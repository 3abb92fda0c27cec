import type { Json } from '../cluster/apimachinery/object';
import { KubectlError } from './errors';
import type { FlagValues } from './flags';

/**
 * Headers that say for whom requests are to be taken: what the kubeconfig says about the user, and the flags instead.
 * @param name the user's name in the kubeconfig @param entry what it says there
 * @throws KubectlError for groups and the like without a user
 * Upstream: client-go/tools/clientcmd validateAuthInfo, client-go/transport NewImpersonatingRoundTripper.
 */
export function impersonationHeaders(name: string, entry: Json, flags: FlagValues): Record<string, string> {
  const user: string = flags.inherited('as') || (entry?.as ?? '');
  const uid: string = flags.inherited('as-uid') || (entry?.['as-uid'] ?? '');
  const groups: string[] = flags.has('as-group') ? flags.list('as-group') : (entry?.['as-groups'] ?? []);
  const extra = new Map<string, string[]>(Object.entries((entry?.['as-user-extra'] ?? {}) as Record<string, string[]>));
  for (const [key, values] of extraOf(flags)) extra.set(key, values);
  if (user === '') {
    if (uid === '' && groups.length === 0 && extra.size === 0) return {};
    throw new KubectlError(`requesting uid, groups or user-extra for ${name} without impersonating a user`);
  }
  return {
    'impersonate-user': user,
    ...(uid && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': groups.join('\n') }),
    ...Object.fromEntries([...extra].map(([key, values]) => [`impersonate-extra-${escapeKey(key)}`, values.join('\n')])),
  };
}

function extraOf(flags: FlagValues): Map<string, string[]> {
  const extra = new Map<string, string[]>();
  for (const text of flags.list('as-user-extra')) {
    const at = text.indexOf('=');
    if (at >= 0) extra.set(text.slice(0, at), [...(extra.get(text.slice(0, at)) ?? []), text.slice(at + 1)]);
  }
  return extra;
}

/** Names of headers are in lower case whatever a client writes. */
const escapeKey = (key: string): string =>
  key.replace(/[^\w!#$&'*+.^`|~-]/gu, (character) => encodeURIComponent(character)).toLowerCase();
