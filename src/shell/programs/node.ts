import type { ToolName } from '../../cluster/linux/tools';
import { resolvePath } from '../files';
import type { Program } from '../program';

/** Programs that read standard input. */
const READERS: ReadonlySet<string> = new Set(['iptables-restore', 'nft']);

/** The programs come with the first use of one: most learners do without. */
export const loadTools = () => import('../../cluster/linux/tools');

/** A program of the machine's own network: what it prints comes from the simulated host. */
export function networkTool(name: ToolName): Program {
  return function* (context) {
    const refused = context.machine.unprivileged ? refusal(name, context.args) : undefined;
    if (refused) {
      context.stderr(refused.stderr);
      return refused.exit;
    }
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
    const { tools } = yield* context.shell.load(loadTools);
    const { stdout, stderr, exit } = context.shell.world.network.tool(context.machine.place, tools[name], args, stdin);
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

/** What the kernel keeps from programs without CAP_NET_ADMIN, in their words; undefined: nothing of what these arguments ask for. */
export function refusal(name: ToolName | 'conntrack', args: readonly string[]): { stderr: string; exit: number } | undefined {
  const tables = name.startsWith('iptables') ? name.replace(/^iptables-nft/, 'iptables') : undefined;
  if (tables)
    return {
      stderr: `${tables} v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n`,
      exit: 4,
    };
  if (name === 'nft') {
    const stderr =
      'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n';
    return { stderr, exit: 1 };
  }
  if (name === 'conntrack') {
    const why = 'sorry, you must be root or get CAP_NET_ADMIN capability to do this';
    return { stderr: `conntrack v1.4.7 (conntrack-tools): Operation failed: ${why}\n`, exit: 1 };
  }
  if (name === 'ip' && args.some((word) => /^(add|append|change|replace|del|delete|flush|set)$/.test(word)))
    return { stderr: 'RTNETLINK answers: Operation not permitted\n', exit: 2 };
  const set = name === 'sysctl' ? args.find((word) => /^[\w.]+=/.test(word)) : undefined;
  if (set === undefined) return undefined;
  return { stderr: `sysctl: setting key "${set.slice(0, set.indexOf('='))}": Operation not permitted\n`, exit: 1 };
}
