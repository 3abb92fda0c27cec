import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { goJson } from '../../cluster/apimachinery/gojson';
import type { Suspend } from '../types';
import { printYaml } from '../yaml/print';

/** The kubectl this one behaves like. */
const CLIENT = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitCommit: '0f29094e5b73085e3802ecc1298ecae13866bfe6',
  gitTreeState: 'clean',
  buildDate: '2026-07-22T18:10:35Z',
  goVersion: 'go1.26.5',
  compiler: 'gc',
  platform: 'linux/amd64',
};
const KUSTOMIZE = 'v5.8.1';

export const version: Command = {
  name: 'version',
  short: 'Print the client and server version information',
  flags: [flag('client', 'bool', 'Only the client.'), flag('output', 'string', 'yaml or json.', { short: 'o' })],
  *run({ session, flags, args }): Generator<Suspend, void, void> {
    if (args.length > 0 && !flags.boolean('client')) throw new KubectlError(`extra arguments: [${args.join(' ')}]`);
    const output = flags.string('output');
    if (output !== '' && output !== 'yaml' && output !== 'json') throw new KubectlError("--output must be 'yaml' or 'json'");
    const server: Json = flags.boolean('client') ? undefined : session.get('/version');
    const all = { clientVersion: CLIENT, kustomizeVersion: KUSTOMIZE, ...(server && { serverVersion: server }) };
    if (output === 'json') session.out(`${goJson(all, { indent: 2, sorted: false })}\n`);
    else if (output === 'yaml') session.out(`${printYaml(all)}\n`);
    else {
      session.out(`Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n`);
      if (server) session.out(`Server Version: ${server.gitVersion}\n`);
    }
  },
};
