import type { Json } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import type { UserInfo } from './impersonation';
import type { Kind } from './kind';

/**
 * Answers questions about the client itself and about what it may do, which is everything: there is no authorizer.
 * @param user who asks
 * @param now virtual time, ms
 * @returns undefined for kinds that are no such question, and for tokens, which nobody here gives out
 */
export function review(kind: Kind, body: Json, user: UserInfo, now: number): Json | undefined {
  const apiVersion = `${kind.group}/${kind.version}`;
  const spec = body?.spec;
  const answer = (status: Json) => ({ kind: kind.kind, apiVersion, metadata: {}, ...(spec && { spec }), status });
  switch (kind.kind) {
    case 'SelfSubjectReview':
      return { ...answer({ userInfo: user }), metadata: { creationTimestamp: rfc3339(now) } };
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
