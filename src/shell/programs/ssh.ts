import type { Json } from '../../cluster/apimachinery/object';
import type { Program } from '../program';
import { isAddress } from '../resolver';
import type { World } from '../world';

/** ssh [USER@]HOST [COMMAND]: from the laptop and the vm, which hold the keys, to the vm and the nodes. */
export const ssh: Program = function* (context) {
  const { shell } = context;
  if (context.machine.kind === 'node') {
    context.stderr('ssh: this node holds no key for other machines: the laptop and the vm do\n');
    return 255;
  }
  const args = [...context.args];
  while (args[0]?.startsWith('-')) args.splice(0, args[0].length === 2 && 'ilopF'.includes(args[0][1] ?? '') ? 2 : 1);
  const [target, ...command] = args;
  if (target === undefined) {
    context.stderr('usage: ssh [user@]host [command]\n');
    return 255;
  }
  const host = target.slice(target.indexOf('@') + 1);
  const place = placeOf(shell.world, host);
  if (place === undefined) {
    context.stderr(
      isAddress(host)
        ? `ssh: connect to host ${host} port 22: Connection refused\n`
        : `ssh: Could not resolve hostname ${host}: Name or service not known\n`,
    );
    return 255;
  }
  if (command.length === 0) {
    shell.enter(place);
    return 0;
  }
  return yield* shell.script(shell.newFrame(shell.machines.at(place)), command.join(' '), context);
};

/** Node or vm by name or address. */
function placeOf(world: World, host: string): string | undefined {
  if (host === 'vm' || host === '192.168.0.50') return 'vm';
  const nodes = world.api.handle({ method: 'GET', path: '/api/v1/nodes' }).body as Json;
  for (const node of (nodes.items ?? []) as Json[]) {
    const addresses = (node.status?.addresses ?? []) as { address: string }[];
    if (node.metadata.name === host || addresses.some(({ address }) => address === host)) return `node:${node.metadata.name}`;
  }
  return undefined;
}
