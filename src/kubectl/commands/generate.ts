import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, outputFlags, saveConfigFlag, validateFlag } from '../commonflags';
import { pathOf, type Mapping } from '../discovery';
import { KubectlError, notSimulated, StatusError, usageError } from '../errors';
import { dryRunOf, fieldValidation, Reporter, withLastApplied, writeQuery } from '../writing';

/** Flags of the generators under `kubectl create`. */
export const generatorFlags = [...outputFlags, dryRunFlag, saveConfigFlag, validateFlag, fieldManagerFlag('kubectl-create')];

/** The one NAME argument. @throws KubectlError */
export function exactlyOneName({ args, path }: Invocation): string {
  if (args.length !== 1) throw usageError(path, `exactly one NAME is required, got ${args.length}`);
  return args[0] as string;
}

/** @throws KubectlError when --append-hash asks for what is not done here */
export function refuseAppendHash({ flags }: Invocation): void {
  if (flags.boolean('append-hash')) throw notSimulated('append hashes to names');
}

/**
 * Creates an object that kubectl made itself and tells about it.
 * @param failure what stands before the server's message; undefined: the error as the server gives it
 */
export function createGenerated(
  invocation: Invocation,
  mapping: Mapping,
  object: Json,
  failure?: string,
  separator = ': ',
): void {
  const { session, flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const validation = fieldValidation(invocation);
  const reporter = new Reporter(invocation, dryRun, true);
  const namespace = mapping.namespaced ? session.namespace : undefined;
  const saved = flags.boolean('save-config') && dryRun !== 'none' ? withLastApplied(object) : object;
  if (mapping.namespaced && session.namespaceEnforced) saved.metadata = { ...saved.metadata, namespace };
  if (dryRun === 'client') return reporter.report(saved, 'created');
  try {
    const query = { ...writeQuery(invocation, dryRun), fieldValidation: validation };
    reporter.report(session.post(pathOf(mapping, namespace), saved, query), 'created');
  } catch (error) {
    if (error instanceof StatusError && failure) throw new KubectlError(`${failure}${separator}${error.message}`);
    throw error;
  }
}
