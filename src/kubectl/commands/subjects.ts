import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';

/** Flags that name who gets a role. */
export const subjectFlags = [
  flag('group', 'array', 'Group to bind.'),
  flag('serviceaccount', 'array', 'Service account to bind, as namespace:name.'),
  flag('user', 'array', 'User to bind.'),
];

/** Who the flags name. @throws KubectlError */
export function subjectsOf({ flags }: Pick<Invocation, 'flags'>): Json[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  return [
    ...flags.list('user').map((name) => ({ kind: 'User', apiGroup, name })),
    ...flags.list('group').map((name) => ({ kind: 'Group', apiGroup, name })),
    ...flags.list('serviceaccount').map((text) => {
      const [namespace, name, ...rest] = text.split(':');
      if (!namespace || !name || rest.length > 0) throw new KubectlError('serviceaccount must be <namespace>:<name>');
      return { kind: 'ServiceAccount', name, namespace };
    }),
  ];
}
