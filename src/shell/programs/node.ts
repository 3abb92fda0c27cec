import type { ToolName } from '../../cluster/linux/tools';
import { resolvePath } from '../files';
import type { Program } from '../program';

/** Programs that read standard input. */
const READERS: ReadonlySet<string> = new Set(['iptables-restore', 'nft']);

/** A program of the machine's own network: what it prints comes from the simulated host. */
export function networkTool(name: ToolName): Program {
  return function* (context) {
    let args = context.args;
    let stdin = '';
    if (READERS.has(name)) {
      const file = fileArgument(name, args);
      if (file !== undefined && file !== '-' && file !== '/dev/stdin') {
        const text = context.machine.files.read(resolvePath(context.directory, file));
        if (text === undefined) {
          context.stderr(
            name === 'nft'
              ? `internal:0:0-0: Error: Could not open file "${file}": No such file or directory\n\n`
              : `Can't open ${file}: No such file or directory\n`,
          );
          return 1;
        }
        stdin = text;
        if (name === 'iptables-restore') args = args.filter((word) => word !== file);
      } else if (name === 'iptables-restore' || file !== undefined) stdin = context.stdin ?? (yield* context.readInput());
    }
    const { stdout, stderr, exit } = context.shell.world.network.tool(context.machine.place, name, args, stdin);
    if (stdout !== '') context.stdout(stdout);
    if (stderr !== '') context.stderr(stderr);
    return exit;
  };
}

/** The file that a program is told to read. */
function fileArgument(name: ToolName, args: readonly string[]): string | undefined {
  if (name === 'nft') {
    const at = args.findIndex((word) => word === '-f' || word === '--file');
    return at < 0 ? undefined : args[at + 1];
  }
  return args.find((word, at) => !word.startsWith('-') && !['-T', '--table', '-w', '--wait'].includes(args[at - 1] ?? ''));
}
