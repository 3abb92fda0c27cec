import { KubectlError, notSimulated } from './errors';
import type { KubectlEnvironment } from './types';

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Says what is wrong with a directory, or that it cannot be built here. @throws KubectlError always */
export function buildKustomization(environment: KubectlEnvironment, path: string): never {
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
  throw notSimulated('build kustomizations');
}
