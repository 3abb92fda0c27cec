import { sha256 } from '@noble/hashes/sha2.js';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, outputFlags, saveConfigFlag, validateFlag } from '../commonflags';
import { builtin, pathOf } from '../discovery';
import { KubectlError, StatusError, usageError } from '../errors';
import type { Flag } from '../flags';
import { goJson } from '../../cluster/apimachinery/gojson';
import type { Suspend } from '../types';
import { dryRunOf, fieldValidation, Reporter, withTypedLastApplied, writeQuery } from '../writing';

/** What one command under `kubectl create` makes. */
interface Generator extends Omit<Command, 'run' | 'commands'> {
  apiVersion: string;
  kind: string;
  /** Plural, as in paths. */
  resource: string;
  clusterScoped?: boolean;
  /** What stands before the server's message; undefined: the error as the server gives it. */
  failure?: string;
  /** The server decides about an empty name. */
  anyName?: boolean;
  /** --save-config does nothing. */
  savesNothing?: boolean;
  /**
   * The object besides apiVersion and kind, in the order of the fields of Kubernetes' own type.
   * @param name the NAME argument
   * @param words what stands behind NAME: a command
   * @throws KubectlError when flags are wrong
   */
  build(invocation: Invocation, name: string, words: string[]): Json;
}

/** The one NAME argument in front of `--`. @throws KubectlError */
export function exactlyOneName({ args, path, dash }: Invocation): string {
  const count = dash < 0 ? args.length : dash;
  if (count !== 1) throw usageError(path, `exactly one NAME is required, got ${count}`);
  return args[0] as string;
}

/** A command that makes an object from flags. Upstream: kubectl/pkg/cmd/create. */
export function generator({
  apiVersion,
  kind,
  resource,
  clusterScoped,
  failure,
  anyName,
  savesNothing,
  build,
  flags: own,
  ...command
}: Generator): Command {
  const flags: Flag[] = [
    ...outputFlags,
    dryRunFlag,
    saveConfigFlag,
    validateFlag,
    fieldManagerFlag('kubectl-create'),
    ...(own ?? []),
  ];
  return {
    ...command,
    flags,
    *run(invocation): Generator_ {
      const { session } = invocation;
      const name = exactlyOneName(invocation);
      const namespace = clusterScoped ? undefined : session.namespace;
      const dryRun = dryRunOf(invocation);
      const reporter = new Reporter(invocation, dryRun, true);
      const validation = fieldValidation(invocation);
      if (name === '' && !anyName) throw new KubectlError('name must be specified');
      const built = build(invocation, name, invocation.args.slice(1));
      let object: Json = { kind, apiVersion, ...built };
      if (namespace !== undefined && session.namespaceEnforced) {
        const { name: shown, ...rest } = object.metadata;
        object.metadata = { name: shown, namespace, ...rest };
      }
      if (invocation.flags.boolean('save-config') && !savesNothing) object = withTypedLastApplied(object);
      if (dryRun === 'client') return reporter.report(object, 'created');
      try {
        const query = { ...writeQuery(invocation, dryRun), fieldValidation: validation };
        reporter.report(session.post(pathOf(builtin(session, apiVersion, kind, resource), namespace), object, query), 'created');
      } catch (error) {
        if ((error instanceof StatusError || error instanceof KubectlError) && failure)
          throw new KubectlError(`${failure}${error.message}`);
        throw error;
      }
    },
  };
}

type Generator_ = globalThis.Generator<Suspend, void, void>;

/** Letters for the digits of a hash, so that no words come out. */
const CONSONANTS: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** The name with a hash of what a ConfigMap or Secret holds. Upstream: kubectl/pkg/util/hash. */
export function nameWithHash(name: string, content: Json): string {
  const digest = sha256(new TextEncoder().encode(goJson({ ...content, name }, { indent: 0 })));
  const hex = Array.from(digest.subarray(0, 5), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${name}-${hex.replace(/[013ae]/g, (digit) => CONSONANTS[digit] as string)}`;
}
