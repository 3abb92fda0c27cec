import { resolvePath } from '../files';
import type { Program } from '../program';

/** chroot DIRECTORY [COMMAND...]: where a node's file system is mounted, its programs; a shell without a command. */
export const chroot: Program = function* (context) {
  const { machine, shell } = context;
  const [directory, ...command] = context.args;
  const busybox = machine.image?.userland !== 'debian';
  if (directory === undefined) {
    context.stderr(
      busybox
        ? 'BusyBox v1.36.1 () multi-call binary.\n\nUsage: chroot NEWROOT [PROG ARGS]\n\nRun PROG with root directory set to NEWROOT\n'
        : "chroot: missing operand\nTry 'chroot --help' for more information.\n",
    );
    return busybox ? 1 : 125;
  }
  const path = resolvePath(context.directory, directory);
  const root = machine.nodeRoot;
  if (!root || path !== resolvePath('/', root.path)) {
    if (path !== '/' && machine.files.list(path) === undefined) {
      context.stderr(
        busybox
          ? `chroot: can't change root directory to '${directory}': No such file or directory\n`
          : `chroot: cannot change root directory to '${directory}': No such file or directory\n`,
      );
      return busybox ? 1 : 125;
    }
    const program = command[0] ?? '/bin/sh';
    context.stderr(
      busybox
        ? `chroot: can't execute '${program}': No such file or directory\n`
        : `chroot: failed to run command '${program}': No such file or directory\n`,
    );
    return 127;
  }
  // the node's files and programs, on the network and with the rights of the container
  const node = shell.machines.at(`node:${root.node}`);
  const inside = { ...node, place: machine.place, shell: 'sh' as const, ...(machine.unprivileged && { unprivileged: true }) };
  const [name = '', ...args] = command;
  if (command.length === 0 || (/^(\/bin\/)?(ba)?sh$/.test(name) && args.length === 0)) {
    if (context.stdin === undefined) shell.enterMachine({ ...inside, shell: /bash$/.test(name) ? 'bash' : 'sh' });
    else return yield* shell.script(shell.newFrame(inside), context.stdin, context);
    return 0;
  }
  if (/^(\/bin\/)?(ba)?sh$/.test(name) && args[0] === '-c')
    return yield* shell.script(shell.newFrame(inside), args[1] ?? '', context);
  if (!shell.knows(inside, name)) {
    context.stderr(
      busybox
        ? `chroot: can't execute '${name}': No such file or directory\n`
        : `chroot: failed to run command '${name}': No such file or directory\n`,
    );
    return 127;
  }
  return yield* shell.program(shell.newFrame(inside), command, context);
};
