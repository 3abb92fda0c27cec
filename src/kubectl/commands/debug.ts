import type { Command, Invocation } from '../command';
import { filenameFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, notSimulated } from '../errors';
import { flag } from '../flags';
import { ignoredFlags } from './notsimulated';

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
    flag('set-image', 'list', 'With --copy-to: new images, name=image.'),
    flag('stdin', 'bool', 'Pass standard input on.', { short: 'i' }),
    flag('target', 'string', 'Container whose processes to see.'),
    flag('tty', 'bool', 'Standard input is a terminal.', { short: 't' }),
    ...ignoredFlags(
      'bool:arguments-only string:custom array:env bool:keep-annotations bool:keep-init-containers=true bool:keep-labels bool:keep-liveness bool:keep-readiness bool:keep-startup string:profile=general bool:share-processes=true',
    ),
  ],
  *run(invocation) {
    const { session, args, dash } = invocation;
    const names = dash < 0 ? args : args.slice(0, dash);
    validate(invocation, names, dash < 0 ? [] : args.slice(dash));
    const [first = ''] = names;
    const [type, name] = first.includes('/') ? (first.split('/') as [string, string]) : ['pods', first];
    const mapping = session.discovery.find(type);
    session.get(pathOf(mapping, session.namespace, name));
    if (mapping.kind === 'Node') throw notSimulated(`start debugging pods on nodes; "ssh ${name}" gives a shell there`);
    if (mapping.kind !== 'Pod') {
      const version = mapping.group ? `${mapping.group}/${mapping.version}` : `/${mapping.version}`;
      throw new KubectlError(`"${version}, Kind=${mapping.kind}" not supported by debug`);
    }
    throw notSimulated('add debugging containers to pods; "kubectl exec" runs commands in them');
  },
};

/** Upstream: DebugOptions.Validate. @throws KubectlError */
function validate({ flags }: Invocation, names: readonly string[], command: readonly string[]): void {
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
  refuse(
    flags.string('target') !== '' && flags.string('copy-to') !== '',
    '--target is incompatible with --copy-to. Use --share-processes instead.',
  );
  refuse(flags.boolean('tty') && !flags.boolean('stdin'), '-i/--stdin is required for containers with -t/--tty=true');
}
