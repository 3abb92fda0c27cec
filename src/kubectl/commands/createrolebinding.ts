import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { generator } from './generate';
import { subjectFlags, subjectsOf } from './subjects';

const GROUP = 'rbac.authorization.k8s.io';
const apiVersion = `${GROUP}/v1`;

function binding(invocation: Invocation, name: string, kind: string, role: string): Json {
  const subjects = subjectsOf(invocation);
  return {
    metadata: { name },
    ...(subjects.length > 0 && { subjects }),
    roleRef: { apiGroup: GROUP, kind, name: role },
  };
}

export const createRoleBinding = generator({
  name: 'rolebinding',
  short: 'Create a role binding for a particular role or cluster role',
  use: 'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: [flag('clusterrole', 'string', 'ClusterRole to bind.'), flag('role', 'string', 'Role to bind.'), ...subjectFlags],
  apiVersion,
  kind: 'RoleBinding',
  resource: 'rolebindings',
  failure: 'failed to create rolebinding: ',
  build: (invocation, name) => {
    const [clusterRole, role] = [invocation.flags.string('clusterrole'), invocation.flags.string('role')];
    if ((clusterRole === '') === (role === '')) throw new KubectlError('exactly one of clusterrole or role must be specified');
    return binding(invocation, name, role ? 'Role' : 'ClusterRole', role || clusterRole);
  },
});

export const createClusterRoleBinding = generator({
  name: 'clusterrolebinding',
  short: 'Create a cluster role binding for a particular cluster role',
  use: 'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: [flag('clusterrole', 'string', 'ClusterRole to bind.', { required: true }), ...subjectFlags],
  apiVersion,
  kind: 'ClusterRoleBinding',
  resource: 'clusterrolebindings',
  clusterScoped: true,
  anyName: true,
  failure: 'failed to create clusterrolebinding: ',
  build: (invocation, name) => binding(invocation, name, 'ClusterRole', invocation.flags.string('clusterrole')),
});
