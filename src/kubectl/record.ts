import type { Json } from '../cluster/apimachinery/object';
import type { Invocation } from './command';
import { pathOf } from './discovery';
import { flag } from './flags';
import type { Target } from './resourcebuilder';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

export const recordFlag = flag('record', 'bool', 'Keep the command in the annotation that rollout history shows.', {
  deprecated: '--record will be removed in the future',
});

/** The annotation that --record asks for. Upstream: cli-runtime/pkg/genericclioptions/record_flags.go. */
export function causeOf({ flags, commandLine }: Invocation): Record<string, string> | undefined {
  return flags.boolean('record') ? { [CHANGE_CAUSE]: commandLine() } : undefined;
}

/** The object with that annotation, if it is asked for. */
export function withCause(invocation: Invocation, object: Json): Json {
  const cause = causeOf(invocation);
  if (!cause) return object;
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata?.annotations, ...cause } } };
}

/** The annotation as a patch of its own, after another. @returns the object after it, or as it was given */
export function recordCause(invocation: Invocation, target: Target, object: Json, query: Record<string, string>): Json {
  const annotations = causeOf(invocation);
  if (!annotations) return object;
  const path = pathOf(target.mapping, target.namespace, target.name);
  return invocation.session.patch(path, 'application/merge-patch+json', { metadata: { annotations } }, query);
}
