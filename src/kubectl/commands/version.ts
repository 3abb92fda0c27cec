import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flags';
import { goJson } from '../printers/gojson';
import type { Suspend } from '../types';
import { printYaml } from '../yaml/print';

/** The kubectl this one behaves like. */
const CLIENT = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitTreeState: 'clean',
  compiler: 'gc',
  platform: 'linux/amd64',
};
const KUSTOMIZE = 'v5.8.1';

export const version: Command = {
  name: 'version',
  short: 'Print the client and server version information',
  flags: [flag('client', 'bool', 'Only the client.'), flag('output', 'string', 'yaml or json.', { short: 'o' })],
  *run({ session, flags, args, path }): Generator<Suspend, void, void> {
    if (args.length > 0) throw usageError(path, `extra arguments: [${args.join(' ')}]`);
    const output = flags.string('output');
    if (output !== '' && output !== 'yaml' && output !== 'json') throw new KubectlError("--output must be 'yaml' or 'json'");
    const server: Json = flags.boolean('client') ? undefined : session.get('/version');
    const all = { clientVersion: CLIENT, kustomizeVersion: KUSTOMIZE, ...(server && { serverVersion: server }) };
    if (output === 'json') session.out(`${goJson(all, { indent: 2, sorted: false })}\n`);
    else if (output === 'yaml') session.out(printYaml(all));
    else {
      session.out(`Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n`);
      if (server) session.out(`Server Version: ${server.gitVersion}\n`);
    }
  },
};
