import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, outputFlags, saveConfigFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flags';
import type { Suspend } from '../types';
import { dryRunOf, parsePairs, Reporter, withLastApplied, writeQuery } from '../writing';

export const run: Command = {
  name: 'run',
  short: 'Run a particular image on the cluster',
  use: 'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  examples: ['kubectl run web --image=nginx:1.27 --port=80', 'kubectl run tmp --rm -it --image=busybox:1.36 -- sh'],
  flags: [
    ...outputFlags,
    dryRunFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-run'),
    flag('annotations', 'array', 'Annotations of the pod.'),
    flag('attach', 'bool', 'Attach to the pod once it runs.'),
    flag('command', 'bool', 'What stands behind -- is the command, not its arguments.'),
    flag('env', 'array', 'Environment variables.'),
    flag('expose', 'bool', 'Also create a service. Needs --port.'),
    flag('grace-period', 'int', 'Seconds to end gracefully.', { default: '-1', support: 'ignored' }),
    flag('image', 'string', 'Image of the container.', { required: true }),
    flag('image-pull-policy', 'string', 'When to pull the image.'),
    flag('labels', 'string', 'Labels of the pod.', { short: 'l' }),
    flag('leave-stdin-open', 'bool', 'Keep standard input open.', { support: 'ignored' }),
    flag('override-type', 'string', 'How --overrides merges.', { default: 'merge', support: 'not simulated' }),
    flag('overrides', 'string', 'JSON merged into the pod.', { support: 'not simulated' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
    flag('port', 'string', 'Port of the container.'),
    flag('privileged', 'bool', 'Run privileged.'),
    flag('quiet', 'bool', 'Say less.', { short: 'q' }),
    flag('restart', 'string', 'Always, OnFailure or Never.', { default: 'Always' }),
    flag('rm', 'bool', 'Delete the pod afterwards.'),
    flag('stdin', 'bool', 'Keep standard input open.', { short: 'i' }),
    flag('tty', 'bool', 'Give the container a terminal.', { short: 't' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, dash, path } = invocation;
    const names = dash < 0 ? args : args.slice(0, dash);
    const [name] = args;
    if (!name || (dash >= 0 && names.length === 0)) throw usageError(path, 'NAME is required for run');
    const dryRun = dryRunOf(invocation);
    const interactive = flags.boolean('stdin') || flags.boolean('tty') || flags.boolean('attach');
    if (flags.boolean('rm') && !interactive) throw new KubectlError('--rm should only be used for attached containers');
    if (!['Always', 'OnFailure', 'Never'].includes(flags.string('restart'))) {
      throw usageError(path, `invalid restart policy: ${flags.string('restart')}`);
    }
    if (flags.boolean('expose') && !flags.has('port')) throw usageError(path, '--port must be set when exposing a service');
    if (interactive && dryRun !== 'none')
      throw usageError(
        path,
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      );
    const policy = flags.string('image-pull-policy');
    if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) throw usageError(path, `invalid image pull policy: ${policy}`);
    if (flags.has('port') && !/^[-+]?\d+$/.test(flags.string('port')))
      throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(flags.string('port'))}: invalid syntax`);
    const pod = podFor(invocation, name, args.slice(1));
    const reporter = new Reporter(invocation, dryRun, true);
    const query = { ...writeQuery(invocation, dryRun), fieldValidation: 'Strict' };
    const namespace = session.namespace;
    const make = (type: string, object: Json) => {
      const saved = flags.boolean('save-config') ? withLastApplied(object) : object;
      return dryRun === 'client' ? saved : session.post(pathOf(session.discovery.find(type), namespace), saved, query);
    };
    const created = make('pods', pod);
    if (flags.boolean('expose')) reporter.report(make('services', serviceFor(pod, Number(flags.string('port')))), 'created');
    if (!interactive || dryRun !== 'none') {
      reporter.report(created, 'created');
      return;
    }
    yield* attach(invocation, name, args.slice(1));
  },
};

function podFor({ flags }: Invocation, name: string, words: string[]): Json {
  const labels = flags.has('labels') ? parsePairs(flags.string('labels')) : { run: name };
  const env = flags.list('env').map((text) => {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new KubectlError(`invalid env: ${text}`);
    return { name: text.slice(0, equals), value: text.slice(equals + 1) };
  });
  const annotations = Object.assign({}, ...flags.list('annotations').map((text) => parsePairs(text)));
  const policy = flags.string('image-pull-policy');
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      containers: [
        {
          name,
          image: flags.string('image'),
          ...(words.length > 0 && (flags.boolean('command') ? { command: words } : { args: words })),
          ...(flags.has('port') && { ports: [{ containerPort: Number(flags.string('port')) }] }),
          ...(env.length > 0 && { env }),
          resources: {},
          ...(policy && { imagePullPolicy: policy }),
          ...(flags.boolean('stdin') && { stdin: true, stdinOnce: true }),
          ...(flags.boolean('tty') && { tty: true }),
          ...(flags.boolean('privileged') && { securityContext: { privileged: true } }),
        },
      ],
      restartPolicy: flags.string('restart'),
      dnsPolicy: 'ClusterFirst',
    },
    status: {},
  };
}

function serviceFor(pod: Json, port: number): Json {
  const { name, labels } = pod.metadata;
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name },
    spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: labels },
    status: { loadBalancer: {} },
  };
}

/** Waits for the pod, runs its command in it, and removes the pod if asked. */
function* attach({ session, flags }: Invocation, pod: string, words: string[]): Generator<Suspend, void, void> {
  const { namespace, environment } = session;
  const path = pathOf(session.discovery.find('pods'), namespace, pod);
  const until = session.now + flags.duration('pod-running-timeout');
  while (session.get(path).status?.phase === 'Pending') {
    if (session.now >= until) throw new KubectlError('timed out waiting for the condition');
    yield { until, change: true };
  }
  if (!environment.exec) throw new KubectlError('this terminal cannot attach to a container');
  const command = words.length > 0 ? words : ['sh'];
  yield* environment.exec({ namespace, pod, container: pod, command, stdin: flags.boolean('stdin'), tty: flags.boolean('tty') });
  if (!flags.boolean('rm')) return;
  session.delete(path);
  session.out(`pod "${pod}" deleted from ${namespace} namespace\n`);
}
