import type { Json } from '../../cluster/apimachinery/object';
import { createThreeWayMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Command, Invocation } from '../command';
import { fieldManagerFlag, filenameFlags, selectorFlag } from '../commonflags';
import { groupVersion, pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { unifiedDiff } from '../printers/unifieddiff';
import { withoutManagedFields } from '../printers/objectprinter';
import { buildTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { LAST_APPLIED, withoutLastApplied, writeQuery } from '../writing';
import { printYaml } from '../yaml/print';

export const diff: Command = {
  name: 'diff',
  flagsHint: (path) => `See '${path} -h' for help and examples`,
  short: 'Diff the live version against a would-be applied version',
  use: '-f FILENAME',
  examples: ['kubectl diff -f svc.yaml'],
  errorExit: 2,
  flags: [
    ...filenameFlags,
    selectorFlag,
    fieldManagerFlag('kubectl-client-side-apply'),
    flag('concurrency', 'int', 'How many objects at once.', { default: '1', support: 'ignored' }),
    flag('force-conflicts', 'bool', 'With --server-side.', { support: 'not simulated' }),
    flag('prune', 'bool', 'Also what would be pruned.', { support: 'not simulated' }),
    flag('prune-allowlist', 'array', 'Kinds for --prune.', { support: 'not simulated' }),
    flag('server-side', 'bool', 'Let the server merge.', { support: 'not simulated' }),
    flag('show-secrets', 'bool', 'Show what Secrets hold.'),
    flag('show-managed-fields', 'bool', 'Keep managedFields.'),
  ],
  *run(invocation): Generator<Suspend, number, void> {
    const { session, flags, args, path } = invocation;
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) throw new KubectlError('must specify one of -f and -k');
    const built = buildTargets(session, { flags, args, validate: true });
    throwGathered(built.errors);
    const differences = built.targets.map((target) => compare(invocation, target)).filter((text) => text !== '');
    session.out(differences.join(''));
    return differences.length > 0 ? 1 : 0;
  },
};

function compare(invocation: Invocation, target: Target): string {
  const { session } = invocation;
  const { mapping, namespace, name } = target;
  const path = pathOf(mapping, namespace, name);
  const live = read(session, path);
  const query = writeQuery(invocation, 'server');
  const merged = live ? applied(invocation, target, live, query) : session.post(pathOf(mapping, namespace), target.object, query);
  const file = [...groupVersion(mapping).split('/').reverse(), mapping.kind, namespace ?? '', name].join('.');
  const shown = groupVersion(mapping).includes('/')
    ? [mapping.group, mapping.version, mapping.kind, namespace ?? '', name].join('.')
    : file;
  const time = new Date(session.now).toISOString().replace('T', ' ').replace('Z', '000000 +0000');
  const [before, after] = [text(invocation, live), text(invocation, merged)];
  const hunks = unifiedDiff(before, after);
  if (hunks === '') return '';
  const [old, fresh] = [`/tmp/LIVE-1000000001/${shown}`, `/tmp/MERGED-1000000002/${shown}`];
  return `diff -u -N ${old} ${fresh}\n--- ${old}\t${time}\n+++ ${fresh}\t${time}\n${hunks}`;
}

function read(session: Invocation['session'], path: string): Json | undefined {
  try {
    return session.get(path);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
    throw error;
  }
}

function applied(
  { session }: Invocation,
  { mapping, namespace, name, object }: Target,
  live: Json,
  query: Record<string, string>,
): Json {
  const saved = live.metadata.annotations?.[LAST_APPLIED];
  const patch = createThreeWayMergePatch(mapping.kind, saved ? JSON.parse(saved) : undefined, withoutLastApplied(object), live);
  return session.patch(pathOf(mapping, namespace, name), 'application/strategic-merge-patch+json', patch, query);
}

function text({ flags }: Invocation, object: Json | undefined): string {
  if (!object) return '';
  return printYaml(flags.boolean('show-managed-fields') ? object : withoutManagedFields(object));
}
