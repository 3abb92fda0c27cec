import { CLUSTER_DNS } from '../machines';
import type { Program } from '../program';
import { lookUp } from '../resolver';

/** nslookup NAME: the addresses that this machine's resolver gives. */
export const nslookup: Program = function* (context) {
  const names = context.args.filter((argument) => !argument.startsWith('-'));
  const [name, server] = names;
  const own = context.machine.kind === 'pod' ? CLUSTER_DNS : '127.0.0.53';
  const resolver = server ?? own;
  const known = resolver === own || (resolver === CLUSTER_DNS && context.machine.kind === 'node');
  if (name === undefined || !known) {
    context.stderr(`usage: nslookup NAME [${own}]   (this simulator asks no other server)\n`);
    return 1;
  }
  context.stdout(`Server:\t\t${resolver}\nAddress:\t${resolver}#53\n\n`);
  const found = lookUp(context.shell.world, context.machine, name);
  if (!found) {
    context.stdout(`** server can't find ${name}: NXDOMAIN\n\n`);
    return 1;
  }
  for (const address of found.addresses) context.stdout(`Name:\t${found.name}\nAddress: ${address}\n`);
  context.stdout('\n');
  return 0;
};
