import type { Command } from '../command';
import { KubectlError, notSimulated } from '../errors';
import { flag } from '../flags';
import type { Suspend } from '../types';

export const explain: Command = {
  name: 'explain',
  short: 'Get documentation for a resource',
  use: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  flags: [
    flag('api-version', 'string', 'Version of the kind.', { support: 'not simulated' }),
    flag('output', 'string', 'Form of the answer.', { short: 'o', default: 'plaintext', support: 'not simulated' }),
    flag('recursive', 'bool', 'All fields.', { support: 'not simulated' }),
  ],
  *run({ session, args }): Generator<Suspend, void, void> {
    const [type] = args;
    if (!type) {
      throw new KubectlError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    }
    const name = type.split('.')[0] ?? type;
    try {
      session.discovery.find(name);
    } catch (error) {
      if (error instanceof KubectlError) throw new KubectlError(error.message, { verbatim: true });
      throw error;
    }
    throw notSimulated('have the descriptions of fields');
  },
};
