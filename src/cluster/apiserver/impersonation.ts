import { badRequest } from '../apimachinery/errors';
import { dns1123Label, dns1123Subdomain } from '../apimachinery/names';

/** Who makes a request, as reviews tell it. */
export interface UserInfo {
  username: string;
  uid?: string;
  groups: string[];
  extra?: Record<string, string[]>;
}

/** Who every client is: the administrator whom kubeadm makes, known by the fingerprint of a client certificate. */
const ADMINISTRATOR: UserInfo = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
  extra: {
    'authentication.kubernetes.io/credential-id': ['X509SHA256=b6f19715ec39ccfcdefb7bbe4f9d161ff9797662a6db38d1b17f6f939fa552e2'],
  },
};

const EXTRA = 'impersonate-extra-';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';

/**
 * For whom a request wants to be taken, which everybody may ask for here: there is no authorizer.
 * @param headers names in lower case; several values of a header are lines
 * @throws ApiError BadRequest when there are groups and no user
 * Upstream: k8s.io/apiserver/pkg/endpoints/filters/impersonation.
 */
export function userOf(headers: Record<string, string> = {}): UserInfo {
  let found = false;
  for (const name in headers) if (name.startsWith('impersonate-')) found = true;
  if (!found) return ADMINISTRATOR;
  const values = (name: string) => headers[name]?.split('\n') ?? [];
  const username = headers['impersonate-user'] ?? '';
  const uid = headers['impersonate-uid'] ?? '';
  const groups = values('impersonate-group');
  const extra = new Map<string, string[]>();
  for (const name of Object.keys(headers)
    .filter((header) => header.startsWith(EXTRA))
    .sort())
    extra.set(unescapeKey(name.slice(EXTRA.length)), values(name));
  if (username === '') {
    const asked = [
      ...groups.map((group) => reference('Group', group)),
      ...[...extra].flatMap(([key, all]) => all.map((value) => reference('UserExtra', value, key))),
      ...(uid ? [reference('UID', uid)] : []),
    ];
    if (asked.length === 0) return ADMINISTRATOR;
    throw badRequest(`requested [${asked.join(' ')}] without impersonating a user`);
  }
  const all = groups.length > 0 ? groups : serviceAccountGroups(username);
  return {
    username,
    ...(uid && { uid }),
    groups: withStanding(username, all),
    ...(extra.size > 0 && { extra: Object.fromEntries(extra) }),
  };
}

/** Nobody is neither authenticated nor unauthenticated. */
function withStanding(username: string, groups: readonly string[]): string[] {
  if (username === 'system:anonymous') return groups.includes(UNAUTHENTICATED) ? [...groups] : [...groups, UNAUTHENTICATED];
  return groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED) ? [...groups] : [...groups, AUTHENTICATED];
}

/** The groups of `system:serviceaccount:NAMESPACE:NAME`; none for another user. */
function serviceAccountGroups(username: string): string[] {
  const [, namespace, name] = /^system:serviceaccount:([^:]*):([^:]*)$/.exec(username) ?? [];
  if (namespace === undefined || dns1123Label(namespace).length > 0 || dns1123Subdomain(name!).length > 0) return [];
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

/** An ObjectReference as Go prints it. */
const reference = (kind: string, name: string, fieldPath = ''): string =>
  `{${kind}  ${name}  ${kind === 'Group' ? '' : 'authentication.k8s.io/v1'}  ${fieldPath}}`;

function unescapeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
