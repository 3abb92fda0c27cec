import type { Invocation } from '../command';
import { pathOf } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import type { Target } from '../resourcebuilder';
import type { DryRun } from '../writing';
import type { ApplyResults } from './applier';
import { keepAnnotation, migrateManagers } from './migration';

const CONFLICT_ADVICE = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** Sends the manifest as it is; the server merges it. */
export function applyOnServer(
  { session, flags }: Invocation,
  target: Target,
  dryRun: DryRun,
  validation: string,
  results: ApplyResults,
): void {
  const { metadata } = target.object as { metadata?: { generateName?: string } };
  if (!target.name && metadata?.generateName)
    throw new KubectlError(`from ${metadata.generateName}: cannot use generate name with apply`);
  const query = {
    fieldManager: flags.has('field-manager') ? flags.string('field-manager') : 'kubectl',
    fieldValidation: validation,
    force: String(flags.boolean('force-conflicts')),
    ...(dryRun === 'server' && { dryRun: 'All' }),
  };
  const subresource = flags.string('subresource');
  const path = pathOf(target.mapping, target.namespace, target.name) + (subresource ? `/${subresource}` : '');
  const send = () => session.patch(path, 'application/apply-patch+yaml', target.object, query);
  try {
    let applied = keepAnnotation(session, target, send(), query.fieldManager);
    if (dryRun === 'none' && migrateManagers(session, target, applied, query.fieldManager)) applied = send();
    results.done(target, applied, 'serverside-applied');
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'Conflict')
      throw new KubectlError(`${error.message}\n${CONFLICT_ADVICE}`);
    throw error;
  }
}
