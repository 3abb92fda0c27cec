import type { Json } from '../../cluster/apimachinery/object';
import { manifestPatch } from '../applying/manifestpatch';
import { prunable, prunableKinds } from '../applying/prune';
import type { Command, Invocation } from '../command';
import { fieldManagerFlag, filenameFlags, selectorFlag } from '../commonflags';
import { pathOf, type Mapping } from '../discovery';
import { KubectlError, StatusError, usageError } from '../errors';
import { flag } from '../flags';
import { unifiedDiff } from '../printers/unifieddiff';
import { withoutManagedFields } from '../printers/objectprinter';
import { buildTargets, type Target } from '../resourcebuilder';
import type { Session } from '../session';
import type { Suspend } from '../types';
import { whileDoing, withoutLastApplied, writeQuery } from '../writing';
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
    flag('force-conflicts', 'bool', 'With --server-side: take fields over from other managers.'),
    flag('prune', 'bool', 'Also what would be pruned.'),
    flag('prune-allowlist', 'array', 'Kinds for --prune.'),
    flag('server-side', 'bool', 'Let the server merge.'),
    flag('show-secrets', 'bool', 'Show what Secrets hold.'),
    flag('show-managed-fields', 'bool', 'Keep managedFields.'),
  ],
  *run(invocation): Generator<Suspend, number, void> {
    const { session, flags, args, path } = invocation;
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) throw new KubectlError('must specify one of -f and -k');
    if (flags.boolean('force-conflicts') && !flags.boolean('server-side'))
      throw new KubectlError('--force-conflicts only works with --server-side');
    if (session.environment.env.KUBECTL_EXTERNAL_DIFF)
      throw new KubectlError('this simulator does not run KUBECTL_EXTERNAL_DIFF: unset it to see the usual form');
    const pruned = flags.boolean('prune') ? prunableKinds(session, flags.list('prune-allowlist')) : [];
    const built = buildTargets(session, { flags, args, selectsManifests: true, validate: false });
    const pairs: Pair[] = [];
    for (const target of built.targets) {
      try {
        pairs.push(versions(invocation, target));
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.unshift(error);
        break;
      }
    }
    if (flags.boolean('prune')) {
      const visited = new Set(pairs.map(({ live }) => live?.metadata.uid ?? ''));
      const namespaces = new Set(built.targets.flatMap(({ namespace }) => namespace ?? []));
      for (const { mapping, item } of prunable(invocation, pruned, namespaces, visited))
        pairs.push({ name: fileName(mapping, item.metadata.namespace, item.metadata.name), live: item, merged: undefined });
    }
    if (built.errors[0]) throw built.errors[0];
    const differences = pairs
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((pair) => difference(invocation, pair))
      .join('');
    session.out(differences);
    return differences === '' ? 0 : 1;
  },
};

/** One object as it is, and as it would be. */
interface Pair {
  /** Name of both files. */
  name: string;
  live: Json | undefined;
  /** Undefined: it would be pruned; then all of it is shown. */
  merged: Json | undefined;
}

function versions(invocation: Invocation, target: Target): Pair {
  const { session, flags } = invocation;
  const { mapping, namespace, name } = target;
  const path = pathOf(mapping, namespace, name);
  const live = read(session, path);
  const query = writeQuery(invocation, 'server');
  const merged = (): Json => {
    if (flags.boolean('server-side')) {
      const fieldManager = flags.has('field-manager') ? flags.string('field-manager') : 'kubectl';
      const force = String(flags.boolean('force-conflicts'));
      try {
        return session.patch(path, 'application/apply-patch+yaml', target.object, { ...query, fieldManager, force });
      } catch (error) {
        // upstream tries a few times, since it takes any conflict for one of versions
        if (error instanceof StatusError && error.reason === 'Conflict')
          session.log('W', `diff.go:723] Object (${kindText(mapping)}: ${name}) keeps changing, diffing without lock`);
        throw error;
      }
    }
    if (!live) return session.post(pathOf(mapping, namespace), target.object, query);
    return applied(session, target, live, query);
  };
  return { name: fileName(mapping, namespace, name ?? ''), live, merged: merged() };
}

const kindText = ({ group, version, kind }: Mapping) => `${group}/${version}, Kind=${kind}`;

const fileName = ({ group, version, kind }: Mapping, namespace: string | undefined, name: string) =>
  [...(group ? [group] : []), version, kind, namespace ?? '', name].join('.');

function difference(invocation: Invocation, pair: Pair): string {
  const { session, flags } = invocation;
  const shown = (object: Json | undefined) =>
    object && pair.merged && !flags.boolean('show-managed-fields') ? withoutManagedFields(object) : object;
  const text = (object: Json | undefined) => (object ? printYaml(object) : '');
  const { merged } = pair;
  const hunks =
    merged?.kind === 'Secret' && !flags.boolean('show-secrets')
      ? unifiedDiff(...masked(shown(pair.live), shown(merged)))
      : unifiedDiff(text(shown(pair.live)), text(shown(merged)));
  if (hunks === '') return '';
  const [old, fresh] = [`/tmp/LIVE-1000000001/${pair.name}`, `/tmp/MERGED-1000000002/${pair.name}`];
  const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '000000 +0000');
  return `diff -u -N ${old} ${fresh}\n--- ${old}\t${time(session.now)}\n+++ ${fresh}\t${time(merged ? session.now : 0)}\n${hunks}`;
}

/** Values of Secrets are not shown, only whether they differ; one that is not there yet reads `null`. */
function masked(live: Json | undefined, merged: Json): [string, string] {
  const before: Record<string, string> = { ...live?.data };
  const after: Record<string, string> = { ...merged.data };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const changed = key in before && key in after && before[key] !== after[key];
    if (key in before) before[key] = changed ? '*** (before)' : '***';
    if (key in after) after[key] = changed ? '*** (after)' : '***';
  }
  const withData = (object: Json, data: Json) => (object.data ? { ...object, data } : object);
  return [live ? printYaml(withData(live, before)) : 'null\n', printYaml(withData(merged, after))];
}

function read(session: Session, path: string): Json | undefined {
  try {
    return session.get(path);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
    throw error;
  }
}

/** The object as apply would make it. */
function applied(session: Session, target: Target, live: Json, query: Record<string, string>): Json {
  const { mapping, namespace, name, object, source } = target;
  try {
    const patch = manifestPatch(session, mapping.kind, withoutLastApplied(object), live, true);
    if (Object.keys(patch).length === 0) return live;
    return session.patch(pathOf(mapping, namespace, name), 'application/strategic-merge-patch+json', patch, query);
  } catch (error) {
    throw whileDoing(error, `error when patching ${JSON.stringify(source)}: `);
  }
}
