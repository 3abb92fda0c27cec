import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Host } from '../../src/cluster/linux/host';
import { type ToolName, tools } from '../../src/cluster/linux/tools';
import type { ToolOutput } from '../../src/cluster/linux/tools/tool';
import { run } from './host';
import { namespaceOf } from './kernel';

/** A command line with what is typed into it. */
interface Typed {
  readonly line: string;
  readonly input: string;
}

/** Commands of `programs.txt`, in groups that begin with new machines. */
function sessions(): Typed[][] {
  const text = readFileSync(new URL('./programs.txt', import.meta.url), 'utf8').replace(/^#.*\n/gm, '');
  return text
    .split(/\n{2,}/)
    .map((block) =>
      block
        .split(/^\$ /m)
        .slice(1)
        .map((command) => {
          const [line = '', ...input] = command.trimEnd().split('\n');
          return { line, input: input.map((each) => `${each.slice(2)}\n`).join('') };
        }),
    )
    .filter((commands) => commands.length > 0);
}

const wordsOf = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);

const masked = (text: string) => text.replace(/^(# .* on ).*$/gm, '$1DATE').replace(/^ *inet6.*\n.*\n/gm, '');

function real(namespace: string, { line, input }: Typed): ToolOutput {
  const { stdout, stderr, status } = spawnSync('ip', ['netns', 'exec', namespace, ...wordsOf(line)], { input, encoding: 'utf8' });
  return { stdout: masked(stdout), stderr, exit: status ?? -1 };
}

function simulated(host: Host, { line, input }: Typed): ToolOutput {
  const [name = '', ...args] = wordsOf(line);
  const { stdout, stderr, exit } = tools[name as ToolName]({ host, args, stdin: input, now: 0 });
  return { stdout: masked(stdout), stderr, exit };
}

/** Whether the simulator's programs print what those of this machine print. Returns how many commands agree. */
export function comparePrograms(): { passed: number; failed: number } {
  const total = { passed: 0, failed: 0 };
  const namespace = namespaceOf('programs');
  for (const commands of sessions()) {
    run('ip', ['netns', 'add', namespace]);
    try {
      run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
      run('ip', ['netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=0']);
      const host = new Host('node:programs', 'programs', { forwarding: true });
      host.setRuleset([]);
      for (const command of commands) {
        const [wanted, got] = [real(namespace, command), simulated(host, command)];
        if (JSON.stringify(wanted) === JSON.stringify(got)) {
          total.passed++;
          continue;
        }
        total.failed++;
        const shown = ({ stdout, stderr, exit }: ToolOutput) => `${stdout}${stderr}(exit ${exit})`.replace(/^/gm, '    ');
        console.log(`$ ${command.line}\n  simulator:\n${shown(got)}\n  real program:\n${shown(wanted)}`);
      }
    } finally {
      spawnSync('ip', ['netns', 'del', namespace]);
    }
  }
  return total;
}
