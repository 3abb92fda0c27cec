import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag } from '../commonflags';
import { builtin, groupVersion } from '../discovery';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import { dryRunOf, Reporter, withLastApplied, writeQuery } from '../writing';
import { pathOf } from '../discovery';

export const autoscale: Command = {
  name: 'autoscale',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  use: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
  examples: ['kubectl autoscale deployment web --min=2 --max=10'],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-autoscale'),
    flag('cpu', 'string', 'Target CPU: 70% or 500m.'),
    flag('max', 'int', 'Most pods. Required.', { default: '-1', required: true }),
    flag('memory', 'string', 'Target memory: 60% or 200Mi.'),
    flag('min', 'int', 'Fewest pods.', { default: '-1' }),
    flag('name', 'string', 'Name of the autoscaler; the name of what it scales by default.'),
  ],
  *run(invocation) {
    const { session, flags, args } = invocation;
    const [max, min] = [flags.number('max'), flags.number('min')];
    if (max < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min) throw new KubectlError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    const metrics = [metric('cpu', flags.string('cpu')), metric('memory', flags.string('memory'))].flat();
    const dryRun = dryRunOf(invocation);
    const built = buildTargets(session, { flags, args });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    const reporter = new Reporter(invocation, dryRun, true);
    const autoscalers = builtin(session, 'autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers');
    for (const { mapping, name } of found) {
      if (!['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'].includes(mapping.kind))
        throw new KubectlError(
          `cannot autoscale a ${mapping.kind}: could not find scale subresource for ${groupVersion(mapping).includes('/') ? groupVersion(mapping) : `/${mapping.version}`}, Resource=${mapping.resource} in discovery information`,
        );
      const object: Json = {
        kind: 'HorizontalPodAutoscaler',
        apiVersion: 'autoscaling/v2',
        metadata: { name: flags.string('name') || name, ...(session.namespaceEnforced && { namespace: session.namespace }) },
        spec: {
          scaleTargetRef: { kind: mapping.kind, name, apiVersion: groupVersion(mapping) },
          ...(min > 0 && { minReplicas: min }),
          maxReplicas: max,
          ...(metrics.length > 0 && { metrics }),
        },
        status: { currentMetrics: null, desiredReplicas: 0 },
      };
      const saved = flags.boolean('save-config') ? withLastApplied(object) : object;
      const path = pathOf(autoscalers, session.namespace);
      reporter.report(
        dryRun === 'client' ? saved : session.post(path, saved, writeQuery(invocation, dryRun)),
        dryRun === 'client' ? 'created' : 'autoscaled',
      );
    }
    if (found.length === 0) throw new KubectlError('no objects passed to autoscale');
  },
};

/** `70%` is a part of the request, anything else an amount. */
function metric(name: string, text: string): Json[] {
  if (text === '') return [];
  const target = text.endsWith('%')
    ? { type: 'Utilization', averageUtilization: Number(text.slice(0, -1)) }
    : { type: 'AverageValue', averageValue: text };
  return [{ type: 'Resource', resource: { name, target } }];
}
