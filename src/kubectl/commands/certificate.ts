import type { Command } from '../command';
import { filenameFlags, outputFlags } from '../commonflags';
import { KubectlError, notSimulated, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { Reporter } from '../writing';

const flags = [
  ...filenameFlags,
  ...outputFlags,
  flag('force', 'bool', 'Also what has been decided before.', { support: 'not simulated' }),
];

/** Nothing here asks for certificates: what is named is looked for, and is not there. */
const decide = (name: string, short: string): Command => ({
  name,
  short,
  use: '(-f FILENAME | NAME)',
  notSimulated: true,
  flags,
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags: values, args } = invocation;
    new Reporter(invocation, 'none');
    const files = values.list('filename').length > 0 || values.has('kustomize');
    if (args.length === 0 && !files) throw new KubectlError('one or more CSRs must be specified as <name> or -f <filename>');
    const built = buildTargets(session, { flags: values, args: files ? args : ['certificatesigningrequests', ...args] });
    const found = fetchTargets(session, built, values);
    throwGathered(built.errors);
    if (found.length > 0) throw notSimulated('decide about certificates');
  },
});

export const certificate: Command = {
  name: 'certificate',
  short: 'Modify certificate resources',
  long: 'Modify certificate resources.',
  groupHelp: 'stdout',
  groupExit: 0,
  commands: [decide('approve', 'Approve a certificate signing request'), decide('deny', 'Deny a certificate signing request')],
};
