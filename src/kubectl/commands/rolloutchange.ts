import type { Json } from '../../cluster/apimachinery/object';
import { rfc3339 } from '../../cluster/apimachinery/time';
import type { Command } from '../command';
import { fieldManagerFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { pathOf, qualified } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import { buildTargets, fetchTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { Reporter } from '../writing';
import { throwAll } from './setter';

/** A change of a rollout. */
interface Change {
  name: string;
  short: string;
  /** What was done: `paused`. */
  verb: string;
  /** How the message about a kind that cannot do this calls it. */
  doing: string;
  /** @throws KubectlError with what follows the workload's name */
  patchFor(deployment: Json, now: number): Json;
}

/** Upstream: kubectl/pkg/cmd/rollout pause, resume and restart. */
function change({ name, short, verb, doing, patchFor }: Change): Command {
  return {
    name,
    short,
    use: 'RESOURCE',
    flags: [...filenameFlags, selectorFlag, ...outputFlags, fieldManagerFlag('kubectl-rollout')],
    *run(invocation): Generator<Suspend, void, void> {
      const { session, flags, args } = invocation;
      if (args.length === 0 && flags.list('filename').length === 0 && !flags.has('kustomize'))
        throw new KubectlError('required resource not specified');
      const built = buildTargets(session, { flags, args, listsAll: true });
      const found = fetchTargets(session, built, flags);
      if (found.length === 0 && built.errors.length === 0) session.err(`No resources found in ${session.namespace} namespace.\n`);
      const errors: Error[] = [...built.errors];
      for (const target of found) {
        const patch = patchOf(target);
        if (patch instanceof Error) errors.push(patch);
        else
          try {
            const path = pathOf(target.mapping, target.namespace, target.name);
            const query = { fieldManager: flags.string('field-manager') };
            const patched = session.patch(path, 'application/strategic-merge-patch+json', patch, query);
            new Reporter(invocation, 'none').report(patched, verb);
          } catch (error) {
            if (error instanceof StatusError) errors.push(new KubectlError(`failed to patch: ${error.message}`));
            else if (error instanceof KubectlError) errors.push(error);
            else throw error;
          }
      }
      throwAll(errors);

      function patchOf({ mapping, name: object, object: live }: Target): Json {
        try {
          if (live?.kind !== 'Deployment') throw new KubectlError(`${doing} is not supported`);
          return patchFor(live, session.now);
        } catch (error) {
          if (!(error instanceof KubectlError)) throw error;
          return new KubectlError(`error: ${qualified(mapping)} "${object}" ${error.message}`);
        }
      }
    },
  };
}

export const restart = change({
  name: 'restart',
  short: 'Restart a resource',
  verb: 'restarted',
  doing: 'restarting',
  patchFor: ({ spec }, now) => {
    if (spec.paused) throw new KubectlError("can't restart paused deployment (run rollout resume first)");
    return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': rfc3339(now) } } } } };
  },
});

export const pause = change({
  name: 'pause',
  short: 'Mark the provided resource as paused',
  verb: 'paused',
  doing: 'pausing',
  patchFor: ({ spec }) => {
    if (spec.paused) throw new KubectlError('is already paused');
    return { spec: { paused: true } };
  },
});

export const resume = change({
  name: 'resume',
  short: 'Resume a paused resource',
  verb: 'resumed',
  doing: 'resuming',
  patchFor: ({ spec }) => {
    if (!spec.paused) throw new KubectlError('is not paused');
    return { spec: { paused: null } };
  },
});
