import type { Command } from '../command';
import { KubectlError, notSimulated } from '../errors';
import { flag } from '../flags';
import { ignoredFlags } from './notsimulated';

export const kustomize: Command = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  use: 'DIR [flags]',
  flags: [
    flag('output', 'string', 'File or directory to write to.', { short: 'o', support: 'not simulated' }),
    ...ignoredFlags(
      'bool:as-current-user bool:enable-alpha-plugins bool:enable-helm array:e/env array:helm-api-versions string:helm-command=helm bool:helm-debug string:helm-kube-version string:load-restrictor=LoadRestrictionsRootOnly array:mount bool:network string:network-name=bridge',
    ),
  ],
  *run({ session, args }) {
    if (args.length > 1) throw new KubectlError('specify one path to kustomization.yaml');
    checkKustomization(session.environment, args[0] ?? '.');
    throw notSimulated('build kustomizations');
  },
};

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a directory can be built. @throws KubectlError */
function checkKustomization(
  environment: {
    readFile(path: string): string | undefined;
    readDirectory(path: string): string[] | undefined;
    env: Readonly<Record<string, string>>;
  },
  path: string,
): void {
  const root = path.startsWith('/')
    ? path
    : `${environment.env.PWD ?? environment.env.HOME ?? ''}${path === '.' ? '' : `/${path}`}`;
  const entries = environment.readDirectory(path);
  if (!entries) {
    throw new KubectlError(
      environment.readFile(path) === undefined
        ? `must build at directory: not a valid directory: evalsymlink failure on '${path}' : lstat ${root}: no such file or directory`
        : `must build at directory: '${path}': file is not directory`,
    );
  }
  if (!entries.some((entry) => NAMES.includes(entry)))
    throw new KubectlError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${root}'`,
    );
}
