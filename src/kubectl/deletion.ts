import type { Json } from '../cluster/apimachinery/object';
import type { Invocation } from './command';
import { KubectlError } from './errors';

/** What --cascade=true and --cascade=false meant once. */
const DEPRECATED: Record<string, string> = { true: 'background', false: 'orphan' };
const POLICIES: Record<string, string> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' };

/** Says what is wrong with --cascade. @throws KubectlError Upstream: cmdutil.GetCascadingStrategy */
export function checkCascade({ session, flags }: Pick<Invocation, 'session' | 'flags'>): void {
  const value = flags.string('cascade');
  const instead = DEPRECATED[value];
  if (instead)
    session.err(`warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${instead}.\n`);
  else if (!POLICIES[value])
    throw new KubectlError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
}

/** The options of a DELETE. @param gracePeriodSeconds negative: the object's own */
export function deletion({ flags }: Pick<Invocation, 'flags'>, gracePeriodSeconds: number): Json {
  const value = flags.string('cascade');
  return {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(gracePeriodSeconds >= 0 && { gracePeriodSeconds }),
    propagationPolicy: POLICIES[DEPRECATED[value] ?? value],
  };
}
