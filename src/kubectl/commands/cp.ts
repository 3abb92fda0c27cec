import type { Command } from '../command';
import { pathOf } from '../discovery';
import { KubectlError, notSimulated } from '../errors';
import { flag } from '../flags';

interface FileSpec {
  namespace?: string;
  pod: string;
  file: string;
}

export const cp: Command = {
  name: 'cp',
  short: 'Copy files and directories to and from containers',
  use: '<file-spec-src> <file-spec-dest>',
  notSimulated: true,
  flags: [
    flag('container', 'string', 'Container name.', { short: 'c', support: 'not simulated' }),
    flag('no-preserve', 'bool', 'Do not keep owner and mode.', { support: 'ignored' }),
    flag('retries', 'int', 'How often to try again.', { default: '0', support: 'ignored' }),
  ],
  *run({ session, args }) {
    if (args.length !== 2) throw new KubectlError('source and destination are required');
    const [source, destination] = args.map(fileSpec) as [FileSpec, FileSpec];
    if (source.pod && destination.pod) throw new KubectlError('one of src or dest must be a local file specification');
    if (!source.file || !destination.file) throw new KubectlError('filepath can not be empty');
    if (!source.pod && !destination.pod) throw new KubectlError('one of src or dest must be a remote file specification');
    if (!source.pod && session.environment.readFile(source.file) === undefined && !session.environment.readDirectory(source.file))
      throw new KubectlError(`${source.file} doesn't exist in local filesystem`);
    const remote = source.pod ? source : destination;
    session.get(pathOf(session.discovery.find('pods'), remote.namespace ?? session.namespace, remote.pod));
    throw notSimulated('copy files to and from containers; kubectl exec reads them: kubectl exec POD -- cat FILE');
  },
};

function fileSpec(text: string): FileSpec {
  const at = text.indexOf(':');
  if (at < 0) return { pod: '', file: text };
  const parts = text.slice(0, at).split('/');
  if (at === 0 || parts.length > 2)
    throw new KubectlError('filespec must match the canonical format: [[namespace/]pod:]file/path');
  const file = text.slice(at + 1);
  return parts.length === 2 ? { namespace: parts[0], pod: parts[1] ?? '', file } : { pod: parts[0] ?? '', file };
}
