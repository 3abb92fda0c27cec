import { spawnSync } from 'node:child_process';

/** Runs a program to its end and returns what it printed. Throws Error with its complaint. */
export function run(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim() || stdout.trim() || `exit ${status}`}`);
  return stdout;
}

const TOOLS = ['ip', 'iptables-restore', 'nft', 'conntrack', 'nfacct'];
const PACKAGES = ['iproute2', 'iptables', 'nftables', 'conntrack', 'nfacct'];

const isThere = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

/** Makes sure that this machine can run the test. Throws Error with a sentence that says what is missing. */
export function prepareHost(): void {
  if (process.platform !== 'linux') throw new Error('the kernel test needs a Linux machine');
  if (process.getuid?.() !== 0) throw new Error('the kernel test needs root: it makes network namespaces of its own');
  const missing = TOOLS.filter((tool) => !isThere(tool));
  if (missing.length > 0) {
    if (!isThere('apt-get'))
      throw new Error(`the kernel test needs ${missing.join(', ')}, and there is no apt-get to install them`);
    const install = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${PACKAGES.join(' ')}`;
    try {
      run('sh', ['-c', install]);
    } catch (error) {
      throw new Error(`the kernel test needs ${missing.join(', ')}, and installing them failed: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  const probe = `p2p-${process.pid}-probe`;
  try {
    run('ip', ['netns', 'add', probe]);
    run('ip', ['netns', 'exec', probe, 'nft', 'add table ip probe']);
    run('ip', ['netns', 'exec', probe, 'iptables', '-t', 'nat', '-L', '-n']);
  } catch (error) {
    throw new Error(
      `this machine does not let the kernel test make network namespaces with netfilter: ${(error as Error).message}`,
      { cause: error },
    );
  } finally {
    spawnSync('ip', ['netns', 'del', probe]);
  }
}
