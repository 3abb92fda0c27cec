import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isShellImage } from '../../cluster/kubelet/images';
import { complete, kubectl as run } from '../../kubectl/kubectl';
import type { KubectlEnvironment, Suspend } from '../../kubectl/types';
import { resolvePath } from '../files';
import type { Machine } from '../machines';
import type { Program, ProgramContext } from '../program';
import type { Shell } from '../shell';
import { editFile } from './files';

const shells = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash']);

/** What kubectl's own completion offers for the last of its arguments. */
export function completeKubectl(shell: Shell, args: readonly string[]): ReturnType<typeof complete> {
  const { machine, directory, variables } = shell.frame;
  const nowhere = () => undefined;
  return complete(args, {
    ...files(machine, directory),
    api: shell.world.api,
    now: () => shell.world.now(),
    stdin: '',
    env: { HOME: machine.files.home, ...variables },
    stdout: nowhere,
    stderr: nowhere,
  });
}

/** The machine's files, relative to a directory. */
function files(machine: Machine, directory: string) {
  const path = (name: string) => resolvePath(directory, name);
  return {
    readFile: (name: string) => machine.files.read(path(name)),
    readDirectory: (name: string) => machine.files.list(path(name)),
    writeFile: (name: string, text: string) => machine.files.write(path(name), text),
    removeFile: (name: string) => machine.files.remove(path(name)),
  };
}

/** kubectl in this machine's shell: files, standard input, exec and the editor come from here. */
export const kubectl: Program = function* (context) {
  const stdin = readsStdin(context.args) ? yield* context.readInput() : (context.stdin ?? '');
  const environment: KubectlEnvironment = {
    api: context.shell.world.api,
    now: () => context.shell.world.now(),
    ...files(context.machine, context.directory),
    stdin,
    env: { HOME: context.machine.files.home, ...context.env },
    stdout: (text) => context.stdout(text),
    stderr: (text) => context.stderr(text),
    exec: (target) => exec(context, target, stdin),
    shellOf: (namespace, pod, container) => shellOf(context, namespace, pod, container),
    forward: (namespace, pod) => forward(context, namespace, pod),
    terminal: context.stdin === undefined,
    edit: (name) => edit(context, resolvePath(context.directory, name)),
  };
  return yield* run([...context.args], environment);
};

/** `-f -` in any spelling. */
function readsStdin(args: readonly string[]): boolean {
  return args.some(
    (argument, index) =>
      /^(-f-|-f=-|--filename=-|--filename=\/dev\/stdin)$/.test(argument) ||
      (argument === '-' && /^(-f|--filename|--patch-file)$/.test(args[index - 1] ?? '')),
  );
}

/** Whether an image brings that shell along: BusyBox has no bash, and one from scratch has none at all. */
function hasShell({ image }: Machine, name: string): boolean {
  if (!shells.has(name) || image?.userland === 'none') return false;
  return !/bash$/.test(name) || image === undefined || ['debian', 'bind'].includes(image.userland);
}

/** The shell that a container runs; undefined when its program is another, null without such a container. */
function shellOf(
  { shell }: ProgramContext,
  namespace: string,
  pod: string,
  container: string,
): readonly string[] | undefined | null {
  const view = shell.world.container(namespace, pod, container);
  if (!view) return null;
  const machine = shell.machines.at(`pod:${namespace}/${pod}`, container);
  const { command } = view;
  if (command.length === 0) return isShellImage(view.image) ? ['sh'] : undefined;
  return command[1] !== '-c' && hasShell(machine, command[0] ?? '') ? command : undefined;
}

type ExecTarget = Parameters<NonNullable<KubectlEnvironment['exec']>>[0];

function* exec(context: ProgramContext, target: ExecTarget, stdin: string): Generator<Suspend, number, void> {
  const { shell } = context;
  const place = `pod:${target.namespace}/${target.pod}`;
  const gone =
    !shell.world.network.hosts().includes(place) ||
    (target.container &&
      !shell.world.container(target.namespace, target.pod, target.container) &&
      shell.machines.at(place).image);
  if (gone) {
    context.stderr(`error: Internal error occurred: unable to upgrade connection: container not found ("${target.container}")\n`);
    return 1;
  }
  const machine = shell.machines.at(place, target.container);
  const ended: ExecTarget['ended'] = (exit, stdout) => {
    shell.world.endContainer(target.namespace, target.pod, target.container, exit);
    target.ended?.(exit, stdout);
  };
  const [name = '', ...args] = target.command;
  const streams = {
    stdin: target.stdin ? stdin : '',
    stdout: (text: string) => context.stdout(text),
    stderr: (text: string) => context.stderr(text),
  };
  const isShell = hasShell(machine, name);
  if (isShell && args[0] !== '-c') {
    if (!target.stdin) return 0; // a shell without input ends at once
    if (target.tty && context.stdin === undefined) {
      shell.enter(place, target.container, target.attached ? ended : undefined);
      return 0;
    }
  } else if (!isShell && (shells.has(name) || !shell.knows(machine, name))) {
    const id = bytesToHex(sha256(utf8ToBytes(`${place}/${target.container} ${shell.world.now()}`)));
    // containerd's words
    context.stderr(
      `error: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${
        name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH'
      }: unknown\n`,
    );
    return 1;
  }
  const frame = shell.newFrame(machine);
  const exit = yield* isShell
    ? shell.script(frame, args[0] === '-c' ? (args[1] ?? '') : stdin, streams)
    : shell.program(frame, target.command, streams);
  if (target.attached) ended(exit, streams.stdout);
  else if (exit !== 0) context.stderr(`command terminated with exit code ${exit}\n`);
  return exit;
}

/** Linux: net.ipv4.ip_unprivileged_port_start */
const FIRST_UNPRIVILEGED = 1024;

/** Sockets of this machine that lead into a pod. */
function forward(
  { machine, shell }: ProgramContext,
  namespace: string,
  pod: string,
): ReturnType<NonNullable<KubectlEnvironment['forward']>> {
  const way = shell.world.network.forward(machine.place, namespace, pod);
  if ('error' in way) return way;
  return {
    get closed() {
      return way.closed;
    },
    listen: (address, local, remote, { taken, failed }) => {
      if (local > 0 && local < FIRST_UNPRIVILEGED && machine.user !== 'root') return 'permission denied';
      const told = {
        taken,
        failed: (message: string) => {
          failed(message);
          // kubectl ends as soon as the clock goes on
          shell.options.jobs.noteChange();
        },
      };
      return way.listen(address, local, remote, told);
    },
    close: () => way.close(),
  };
}

/** KUBE_EDITOR or EDITOR when set, as kubectl does; else the page's editor. */
function* edit(context: ProgramContext, path: string): Generator<Suspend, number, void> {
  const command = context.env.KUBE_EDITOR || context.env.EDITOR;
  if (!command) return yield* editFile(context, path);
  const frame = { ...context.shell.newFrame(context.machine), directory: context.directory };
  // without a shell in between nobody says that there is no such program
  const plain = !/[ "'\\]/.test(command);
  const stderr = (text: string) => (plain && text.endsWith(': command not found\n') ? undefined : context.stderr(text));
  return yield* context.shell.script(frame, `${command} ${path}`, { ...context, stderr });
}
