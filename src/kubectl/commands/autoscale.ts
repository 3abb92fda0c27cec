import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag } from '../commonflags';
import { builtin, groupVersion, pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { recordFlag, withCause } from '../record';
import { buildTargets, visitTargets, type Target } from '../resourcebuilder';
import { dryRunOf, quantityText, Reporter, withTypedLastApplied, writeQuery } from '../writing';

const CPU_PERCENT = "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).";

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
    flag('cpu-percent', 'int32', 'Target CPU in percent.', { default: '-1', deprecated: CPU_PERCENT }),
    flag('max', 'int32', 'Most pods. Required.', { default: '-1', required: true }),
    flag('memory', 'string', 'Target memory: 60% or 200Mi.'),
    flag('min', 'int32', 'Fewest pods.', { default: '-1' }),
    recordFlag,
    flag('name', 'string', 'Name of the autoscaler; the name of what it scales by default.'),
  ],
  *run(invocation) {
    const { session, flags, args } = invocation;
    const [max, min, percent] = [flags.number('max'), flags.number('min'), flags.number('cpu-percent')];
    const dryRun = dryRunOf(invocation);
    const { namespace } = session;
    if (max < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min) throw new KubectlError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    const [cpu, memory] = [flags.string('cpu'), flags.string('memory')];
    if (percent > 0 && cpu) throw new KubectlError('--cpu-percent and --cpu are mutually exclusive');
    const metrics = [metric('cpu', percent > 0 ? `${percent}%` : cpu), metric('memory', memory)].flat();
    const built = buildTargets(session, { flags, args, namedOnly: true });
    let count = 0;
    for (const found of visitTargets(session, built, flags, { latest: false })) {
      count++;
      try {
        autoscaleOne(found);
      } catch (error) {
        if (!(error instanceof KubectlError || error instanceof StatusError)) throw error;
        built.errors.push(error);
      }
    }
    throwGathered(built.errors);
    if (count === 0) throw new KubectlError('no objects passed to autoscale');

    function autoscaleOne({ mapping, name }: Target): void {
      if (!SCALABLE.includes(`${mapping.kind}.${mapping.group}`))
        throw new KubectlError(
          `cannot autoscale a ${mapping.kind}: could not find scale subresource for ${mapping.group}/${mapping.version}, Resource=${mapping.resource} in discovery information`,
        );
      const object: Json = withCause(invocation, {
        kind: 'HorizontalPodAutoscaler',
        apiVersion: 'autoscaling/v2',
        metadata: { name: flags.string('name') || name, ...(session.namespaceEnforced && { namespace }) },
        spec: {
          scaleTargetRef: { kind: mapping.kind, name, apiVersion: groupVersion(mapping) },
          ...(min > 0 && { minReplicas: min }),
          maxReplicas: max,
          ...(metrics.length > 0 && { metrics }),
        },
        status: { desiredReplicas: 0, currentMetrics: null },
      });
      if (dryRun === 'client') {
        new Reporter(invocation, dryRun, true).report(object, 'created');
        return;
      }
      const { status: _status, ...wanted } = object;
      const create = (version: string, body: Json) => {
        const saved = flags.boolean('save-config') ? withTypedLastApplied(body) : body;
        const mappingOf = builtin(session, `autoscaling/${version}`, 'HorizontalPodAutoscaler', 'horizontalpodautoscalers');
        return session.post(pathOf(mappingOf, namespace), saved, writeQuery(invocation, dryRun));
      };
      let created: Json;
      try {
        created = create('v2', object);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        // whatever is wrong: the older version is tried where it can say the same
        const incompatible = incompatibility(cpu, percent, memory);
        if (incompatible !== undefined)
          throw new KubectlError(
            `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${incompatible}`,
          );
        const { metrics: _metrics, ...spec } = wanted.spec;
        created = create('v1', {
          ...wanted,
          apiVersion: 'autoscaling/v1',
          spec: { ...spec, ...(percent >= 0 && { targetCPUUtilizationPercentage: percent }) },
          status: { currentReplicas: 0, desiredReplicas: 0 },
        });
      }
      new Reporter(invocation, dryRun, true).report(created, 'autoscaled');
    }
  },
};

const SCALABLE = ['Deployment.apps', 'ReplicaSet.apps', 'StatefulSet.apps', 'ReplicationController.'];

/** Why autoscaling/v1 cannot hold it; undefined when it can. Upstream: canCreateHPAV1. */
function incompatibility(cpu: string, percent: number, memory: string): string | undefined {
  if (cpu === '') return 'empty input';
  return memory === '' && (percent >= 0 || cpu.endsWith('%')) ? undefined : '%!w(<nil>)';
}

/** `70%` is a part of the request, anything else an amount. @throws KubectlError Upstream: parseResourceInput. */
function metric(name: 'cpu' | 'memory', given: string): Json[] {
  const text = given.trim();
  if (given === '') return [];
  if (text === '') throw new KubectlError('empty input');
  return [{ type: 'Resource', resource: { name, target: targetOf(name, text) } }];
}

function targetOf(name: 'cpu' | 'memory', text: string): Json {
  if (text.endsWith('%')) {
    const digits = text.slice(0, -1);
    if (!/^\+?\d+$/.test(digits) || Number(digits) >= 2 ** 31) throw new KubectlError(`invalid percentage value: ${digits}`);
    return { type: 'Utilization', averageUtilization: Number(digits) };
  }
  const plain = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text);
  try {
    return { type: 'AverageValue', averageValue: quantityText(plain ? `${Number(text)}${name === 'cpu' ? 'm' : 'Mi'}` : text) };
  } catch (error) {
    if (plain) throw error;
    throw new KubectlError(`invalid resource ${name} value: ${text}`);
  }
}
