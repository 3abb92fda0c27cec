import { envVarName } from '../../cluster/apimachinery/names';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, outputFlags, saveConfigFlag } from '../commonflags';
import { checkCascade } from '../deletion';
import { pathOf } from '../discovery';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flags';
import { ATTACHED, hasTerminal, reattachMessage } from './attaching';
import { ignoredFlags } from './notsimulated';
import { overriddenQuery, overrideFlags, withOverrides } from '../overrides';
import { recordFlag, withCause } from '../record';
import type { Suspend } from '../types';
import { dryRunOf, parsePairs, Reporter, withTypedLastApplied, writeQuery } from '../writing';

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
    flag('cascade', 'string', 'With --rm: what happens to dependents.', { default: 'background', bare: 'background' }),
    flag('command', 'bool', 'What stands behind -- is the command, not its arguments.'),
    flag('env', 'array', 'Environment variables.'),
    flag('expose', 'bool', 'Also create a service. Needs --port.'),
    flag('image', 'string', 'Image of the container.', { required: true }),
    flag('image-pull-policy', 'string', 'When to pull the image.'),
    flag('labels', 'string', 'Labels of the pod.', { short: 'l' }),
    flag('leave-stdin-open', 'bool', 'Keep standard input open after the first attach.'),
    ...overrideFlags,
    ...ignoredFlags(
      'string:detach-keys=ctrl-p,ctrl-q list:f/filename bool:force int:grace-period=-1 string:k/kustomize bool:R/recursive duration:timeout=0s bool:wait',
    ),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
    flag('port', 'string', 'Port of the container.'),
    flag('privileged', 'bool', 'Run privileged.'),
    flag('quiet', 'bool', 'Say less.', { short: 'q' }),
    recordFlag,
    flag('restart', 'string', 'Always, OnFailure or Never.', { default: 'Always' }),
    flag('rm', 'bool', 'Delete the pod afterwards.'),
    flag('stdin', 'bool', 'Keep standard input open.', { short: 'i' }),
    flag('tty', 'bool', 'Give the container a terminal.', { short: 't' }),
  ],
  *run(invocation): Generator<Suspend, number | void, void> {
    const { session, flags, args, dash, path } = invocation;
    const [name] = args;
    const interactive = flags.boolean('stdin');
    const attached = flags.has('attach') ? flags.boolean('attach') : interactive;
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, dryRun, true);
    checkCascade(invocation);
    if (!name || dash === 0) throw usageError(path, 'NAME is required for run');
    const image = flags.string('image');
    if (image === '') throw new KubectlError('--image is required');
    if (!IMAGE.test(image)) throw new KubectlError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
    if (flags.boolean('tty') && !interactive) throw usageError(path, '-i/--stdin is required for containers with -t/--tty=true');
    if (flags.boolean('expose') && !flags.string('port')) throw usageError(path, '--port must be set when exposing a service');
    const restart = flags.string('restart') || (interactive ? 'OnFailure' : 'Always');
    if (!['Always', 'OnFailure', 'Never'].includes(restart)) throw usageError(path, `invalid restart policy: ${restart}`);
    if (!attached && flags.boolean('rm')) throw usageError(path, '--rm should only be used for attached containers');
    if (attached && dryRun !== 'none')
      throw usageError(
        path,
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      );
    const policy = flags.string('image-pull-policy');
    if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) throw usageError(path, `invalid image pull policy: ${policy}`);
    const pod = withCause(invocation, withOverrides(flags, podFor(invocation, name, args.slice(1), restart)));
    const { namespace } = session;
    const make = (type: string, object: Json) => {
      if (dryRun === 'client') {
        const { name: shown, ...rest } = object.metadata;
        return session.namespaceEnforced ? { ...object, metadata: { name: shown, namespace, ...rest } } : object;
      }
      const saved = flags.boolean('save-config') ? withTypedLastApplied(object) : object;
      const query = { ...writeQuery(invocation, dryRun), ...overriddenQuery(flags) };
      return session.post(pathOf(session.discovery.find(type), namespace), saved, query);
    };
    const created = make('pods', pod);
    if (flags.boolean('expose')) {
      reporter.report(make('services', serviceFor(invocation, name)), 'created');
      // upstream sets the two apart here and again in the printer
      if (flags.string('output') === 'yaml') session.out('---\n');
    }
    if (attached) {
      const exit = yield* attach(invocation, name, args.slice(1));
      // a program that is started again has no last word
      return restart === 'Always' || flags.boolean('leave-stdin-open') ? 0 : exit;
    }
    reporter.report(created, 'created');
  },
};

/** Upstream: distribution/reference ReferenceRegexp. */
const IMAGE =
  /^(?:(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

function labelsOf({ flags }: Invocation, name: string): Record<string, string> {
  return flags.string('labels') ? parsePairs(flags.string('labels')) : { run: name };
}

function podFor(invocation: Invocation, name: string, words: string[], restartPolicy: string): Json {
  const { flags } = invocation;
  const annotations: Record<string, string> = {};
  for (const text of flags.list('annotations')) {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new KubectlError(`invalid annotations format: ${text}`);
    annotations[text.slice(0, equals)] = text.slice(equals + 1);
  }
  const port = flags.string('port');
  if (port && !/^[-+]?\d+$/.test(port)) throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
  const labels = labelsOf(invocation, name);
  const env = flags.list('env').map((text) => {
    const [key = ''] = text.split('=', 1);
    if (!text.includes('=') || envVarName(key).length > 0) throw new KubectlError(`invalid env: ${text}`);
    const value = text.slice(key.length + 1);
    return { name: key, ...(value && { value }) };
  });
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
          ...(port && { ports: [{ containerPort: Number(port) }] }),
          ...(env.length > 0 && { env }),
          resources: {},
          ...(policy && { imagePullPolicy: policy }),
          ...(flags.boolean('stdin') && { stdin: true, ...(!flags.boolean('leave-stdin-open') && { stdinOnce: true }) }),
          ...(flags.boolean('tty') && { tty: true }),
          ...(flags.boolean('privileged') && { securityContext: { privileged: true } }),
        },
      ],
      restartPolicy,
      dnsPolicy: 'ClusterFirst',
    },
    status: {},
  };
}

function serviceFor(invocation: Invocation, name: string): Json {
  const labels = labelsOf(invocation, name);
  const port = Number(invocation.flags.string('port'));
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name, ...(invocation.flags.string('labels') && { labels }) },
    spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: labels },
    status: { loadBalancer: {} },
  };
}

/** Waits for the pod, runs its command in it, and removes the pod if asked. */
function* attach({ session, flags }: Invocation, pod: string, words: string[]): Generator<Suspend, number, void> {
  const { namespace, environment } = session;
  const path = pathOf(session.discovery.find('pods'), namespace, pod);
  const until = session.now + flags.duration('pod-running-timeout');
  while (session.get(path).status?.phase === 'Pending') {
    if (session.now >= until) throw new KubectlError('timed out waiting for the condition');
    yield { until, change: true };
  }
  if (!environment.exec) throw new KubectlError('this terminal cannot attach to a container');
  const command = words.length > 0 ? words : ['sh'];
  const [stdin, quiet] = [flags.boolean('stdin'), flags.boolean('quiet')];
  const tty = hasTerminal(session, { stdin, tty: flags.boolean('tty'), quiet });
  if (!quiet) environment.stderr(ATTACHED);
  const ended = (exit: number, stdout: (text: string) => void) => {
    if (tty && !quiet) stdout(reattachMessage(namespace, pod, pod, false));
    if (flags.boolean('rm')) {
      session.delete(path);
      stdout(`pod "${pod}" deleted from ${namespace} namespace\n`);
    }
    if (exit !== 0 && flags.string('restart') !== 'Always') environment.stderr(`pod ${namespace}/${pod} terminated (Error)\n`);
  };
  return yield* environment.exec({ namespace, pod, container: pod, command, stdin, tty, attached: true, ended });
}
