import type { Json } from '../apimachinery/object';
import type { Kind } from './kind';

/** Who every client is: the administrator whom kubeadm makes, known by the fingerprint of a client certificate. */
const ADMINISTRATOR = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
  extra: {
    'authentication.kubernetes.io/credential-id': ['X509SHA256=b6f19715ec39ccfcdefb7bbe4f9d161ff9797662a6db38d1b17f6f939fa552e2'],
  },
};

/**
 * Answers questions about the client itself and about what it may do, which is everything: there is no authorizer.
 * @param user whom the administrator wants to be taken for (Impersonate-User)
 * @returns undefined for kinds that are no such question, and for tokens, which nobody here gives out
 */
export function review(kind: Kind, body: Json, user: string | undefined): Json | undefined {
  const apiVersion = `${kind.group}/${kind.version}`;
  const spec = body?.spec;
  const answer = (status: Json) => ({ kind: kind.kind, apiVersion, metadata: {}, ...(spec && { spec }), status });
  switch (kind.kind) {
    case 'SelfSubjectReview':
      return answer({ userInfo: user === undefined ? ADMINISTRATOR : { username: user, groups: ['system:authenticated'] } });
    case 'LocalSubjectAccessReview':
    case 'SelfSubjectAccessReview':
    case 'SubjectAccessReview':
      return answer({ allowed: true });
    case 'SelfSubjectRulesReview':
      return answer({
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        incomplete: false,
      });
    default:
      return undefined;
  }
}
