import type { Program } from '../program';
import { lookUp } from '../resolver';

/** nslookup NAME: the addresses that this machine's resolver gives. */
export const nslookup: Program = function* (context) {
  const names = context.args.filter((argument) => !argument.startsWith('-'));
  const [name, server] = names;
  if (name === undefined || server !== undefined) {
    context.stderr("usage: nslookup NAME   (this simulator asks the machine's own resolver only)\n");
    return 1;
  }
  const resolver = context.machine.kind === 'pod' ? '10.96.0.10' : '127.0.0.53';
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
