import type { Command } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { buildKustomization } from '../kustomization';
import { ignoredFlags } from './notsimulated';

export const kustomize: Command = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  use: 'DIR [flags]',
  notSimulated: true,
  flags: [
    flag('output', 'string', 'File or directory to write to.', { short: 'o', support: 'not simulated' }),
    ...ignoredFlags(
      'bool:as-current-user bool:enable-alpha-plugins bool:enable-helm array:e/env array:helm-api-versions string:helm-command=helm bool:helm-debug string:helm-kube-version string:load-restrictor=LoadRestrictionsRootOnly array:mount bool:network string:network-name=bridge',
    ),
  ],
  *run({ session, args }) {
    if (args.length > 1) throw new KubectlError('specify one path to kustomization.yaml');
    buildKustomization(session.environment, args[0] ?? '.');
  },
};
