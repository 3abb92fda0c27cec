import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { filenameFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered } from '../errors';
import { flag, type FlagValues } from '../flags';
import { buildTargets } from '../resourcebuilder';
import type { Session } from '../session';
import type { Suspend } from '../types';
import { parseYamlDocument, YamlError } from '../yaml/parse';
import { ATTACHED, hasTerminal, reattachMessage } from './attaching';
import { Debugging, pairsOf } from './debugging';
import { profiles } from './debugprofiles';
import { followLogs } from './followlogs';

/** A reference to an image. Upstream: distribution/reference ReferenceRegexp. */
const IMAGE =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@\w+:[0-9a-fA-F]{32,})?$/;

export const debug: Command = {
  name: 'debug',
  short: 'Create debugging sessions for troubleshooting workloads and nodes',
  use: '(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  flags: [
    filenameFlag,
    flag('attach', 'bool', 'Attach to the container.'),
    flag('container', 'string', 'Name of the debug container.', { short: 'c' }),
    flag('copy-to', 'string', 'Name of a copy of the pod.'),
    flag('image', 'string', 'Image of the debug container.'),
    flag('image-pull-policy', 'string', 'When to pull the image.'),
    flag('quiet', 'bool', 'Say less.', { short: 'q' }),
    flag('replace', 'bool', 'With --copy-to: delete the pod.'),
    flag('same-node', 'bool', 'With --copy-to: on the same node.'),
    flag('set-image', 'pairs', 'With --copy-to: new images, name=image.'),
    flag('stdin', 'bool', 'Pass standard input on.', { short: 'i' }),
    flag('target', 'string', 'Container whose processes to see.'),
    flag('tty', 'bool', 'Standard input is a terminal.', { short: 't' }),
    flag('arguments-only', 'bool', 'What stands behind -- are arguments, not the command.'),
    flag('custom', 'string', 'File with a partial container spec, JSON or YAML.'),
    flag('env', 'pairs', 'Environment variables, name=value.'),
    flag('keep-annotations', 'bool', 'With --copy-to: keep annotations.'),
    flag('keep-init-containers', 'bool', 'With --copy-to: keep init containers.', { default: 'true' }),
    flag('keep-labels', 'bool', 'With --copy-to: keep labels.'),
    flag('keep-liveness', 'bool', 'With --copy-to: keep liveness probes.'),
    flag('keep-readiness', 'bool', 'With --copy-to: keep readiness probes.'),
    flag('keep-startup', 'bool', 'With --copy-to: keep startup probes.'),
    flag('profile', 'string', 'general, baseline, restricted, netadmin, sysadmin or legacy.', { default: 'general' }),
    flag('share-processes', 'bool', 'With --copy-to: share the process namespace.', { default: 'true' }),
  ],
  *run(invocation): Generator<Suspend, number, void> {
    const { session, flags, args, dash } = invocation;
    const names = dash < 0 ? args : args.slice(0, dash);
    const command = dash < 0 ? [] : args.slice(dash);
    const profile = profiles[flags.string('profile')];
    if (!profile) throw new KubectlError(`unknown profile: ${flags.string('profile')}`);
    const custom = customProfile(session, flags);
    validate(invocation, names, command, custom);
    const debugging = new Debugging(session, flags, command, profile, custom);
    const built = buildTargets(session, {
      flags,
      args: names.length === 0 ? [] : names.some((name) => name.includes('/')) ? names : ['pods', ...names],
      namedOnly: true,
    });
    throwGathered(built.errors);
    let exit = 0;
    for (const { mapping, name = '', namespace } of built.targets) {
      const object = session.get(pathOf(mapping, namespace ?? session.namespace, name));
      if (mapping.kind !== 'Node' && mapping.kind !== 'Pod') {
        const version = mapping.group ? `${mapping.group}/${mapping.version}` : `/${mapping.version}`;
        throw new KubectlError(`"${version}, Kind=${mapping.kind}" not supported by debug`);
      }
      const { pod, container } =
        mapping.kind === 'Node'
          ? debugging.onNode(object)
          : flags.string('copy-to')
            ? debugging.inCopy(object)
            : debugging.inPod(object);
      const attaches = flags.has('attach') ? flags.boolean('attach') : flags.boolean('stdin');
      if (attaches && container !== '') exit = yield* attachTo(session, flags, pod, container, command);
    }
    return exit;
  },
};

/** Waits until the container runs and connects to its program. Upstream: DebugOptions.handleAttachPod. */
function* attachTo(
  session: Session,
  flags: FlagValues,
  pod: Json,
  container: string,
  command: readonly string[],
): Generator<Suspend, number, void> {
  const { namespace, name } = pod.metadata;
  const path = pathOf(session.discovery.find('pods'), namespace, name);
  const quiet = flags.boolean('quiet');
  let told = '';
  let status: Json;
  for (;;) {
    const now = session.get(path).status ?? {};
    status = [...(now.containerStatuses ?? []), ...(now.ephemeralContainerStatuses ?? [])].find(
      (each: Json) => each.name === container,
    );
    if (status?.state?.running || status?.state?.terminated) break;
    const message: string = status?.state?.waiting?.message ?? '';
    if (!quiet && message !== '' && message !== told) session.err(`Warning: container ${container}: ${message}\n`);
    told = message;
    yield {};
  }
  if (status.state.terminated) {
    const log: unknown = session.get(`${path}/log`, { container });
    if (typeof log === 'string') session.out(log);
    return 0;
  }
  const { environment } = session;
  if (!environment.exec) throw new KubectlError('this terminal cannot attach to a container');
  const stdin = flags.boolean('stdin');
  const tty = hasTerminal(session, { stdin, tty: flags.boolean('tty'), quiet });
  if (!quiet) session.err(ATTACHED);
  const words = command.length > 0 ? [...command] : [...(environment.shellOf?.(namespace, name, container) ?? [])];
  if (words.length === 0) {
    const query = { container, follow: 'true' };
    yield* followLogs(session, flags, [{ path: `${path}/log`, query, prefix: '' }], Infinity);
    return 0;
  }
  const isEphemeral = (pod.spec.ephemeralContainers ?? []).some((each: Json) => each.name === container);
  const ended = (_exit: number, stdout: (text: string) => void) => {
    if (tty && !quiet) stdout(reattachMessage(namespace, name, container, isEphemeral));
  };
  yield* environment.exec({ namespace, pod: name, container, command: words, stdin, tty, attached: true, ended });
  return 0;
}

/** A partial container from a file. @throws KubectlError */
function customProfile(session: Session, flags: FlagValues): Json | undefined {
  const path = flags.string('custom');
  if (path === '') return undefined;
  const text = session.environment.readFile(path);
  if (text === undefined)
    throw new KubectlError(`must pass a container spec json file for custom profile: open ${path}: no such file or directory`);
  const custom = readCustom(text, path);
  if (typeof custom !== 'object' || custom === null || Array.isArray(custom))
    throw new KubectlError(`${path} does not contain a valid container spec`);
  return custom;
}

function readCustom(text: string, path: string): unknown {
  try {
    return parseYamlDocument(text);
  } catch (error) {
    if (error instanceof YamlError) throw new KubectlError(`${path} does not contain a valid container spec: ${error.message}`);
    throw error;
  }
}

/** Upstream: DebugOptions.Validate. @throws KubectlError */
function validate(
  { session, flags }: Invocation,
  names: readonly string[],
  command: readonly string[],
  custom: Json | undefined,
): void {
  const refuse = (wrong: boolean, message: string) => {
    if (wrong) throw new KubectlError(message);
  };
  const image = flags.string('image');
  const container = flags.string('container');
  refuse(
    flags.boolean('attach') && !image && !container,
    'you must specify --container or create a new container using --image in order to attach.',
  );
  if (flags.string('copy-to')) {
    const images = flags.list('set-image').length > 0;
    refuse(!image && !images && command.length === 0, 'you must specify --image, --set-image or command arguments.');
    refuse(
      command.length > 0 && !container && !image,
      'you must specify an existing container or a new image when specifying args.',
    );
  } else {
    refuse(flags.boolean('replace'), '--replace may only be used with --copy-to.');
    refuse(flags.boolean('same-node'), '--same-node may only be used with --copy-to.');
    refuse(flags.list('set-image').length > 0, '--set-image may only be used with --copy-to.');
    refuse(!image, 'you must specify --image when not using --copy-to.');
  }
  refuse(image !== '' && !IMAGE.test(image), `invalid image name ${JSON.stringify(image)}: invalid reference format`);
  refuse(names.length === 0 && flags.list('filename').length === 0, 'NAME or filename is required for debug');
  const policy = flags.string('image-pull-policy');
  refuse(!['', 'Always', 'IfNotPresent', 'Never'].includes(policy), `invalid image pull policy: ${policy}`);
  for (const [name, value] of pairsOf(flags, 'set-image'))
    refuse(
      !IMAGE.test(value),
      `invalid image name ${JSON.stringify(value)} for container ${JSON.stringify(name)}: invalid reference format`,
    );
  const target = flags.string('target');
  refuse(
    target !== '' && flags.string('copy-to') !== '',
    '--target is incompatible with --copy-to. Use --share-processes instead.',
  );
  if (target !== '' && !flags.boolean('quiet'))
    session.out(
      `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
    );
  refuse(flags.boolean('tty') && !flags.boolean('stdin'), '-i/--stdin is required for containers with -t/--tty=true');
  refuse(
    custom !== undefined &&
      ['name', 'command', 'image', 'lifecycle', 'volumeDevices'].some((field) => custom[field] !== undefined),
    'name, command, image, lifecycle and volume devices are not modifiable via custom profile',
  );
  if (flags.string('profile') === 'legacy')
    session.err(
      '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
    );
}
