import type { Json } from '../cluster/apimachinery/object';
import { kubeconfigProblem } from './configcheck';
import { KubectlError } from './errors';
import type { KubectlEnvironment } from './types';
import { parseYamlDocument, YamlError } from './yaml/parse';
import { printYaml } from './yaml/print';

export interface Context {
  cluster: string;
  namespace?: string;
  user: string;
}

/** A kubeconfig file. */
export interface KubeConfig {
  kind: 'Config';
  apiVersion: 'v1';
  clusters: { name: string; cluster: Json }[];
  users: { name: string; user: Json }[];
  contexts: { name: string; context: Context }[];
  'current-context': string;
}

/** What a machine that kubeadm set up has. The keys are placeholders: nothing here checks them. */
const NAME = 'kubernetes-admin@kubernetes';

/** Where the cluster's API server is. */
export const API_SERVER = 'https://192.168.0.10:6443';

const DEFAULT: KubeConfig = {
  kind: 'Config',
  apiVersion: 'v1',
  clusters: [{ name: 'kubernetes', cluster: { server: API_SERVER, 'certificate-authority-data': 'c2ltdWxhdGVk' } }],
  users: [{ name: 'kubernetes-admin', user: { 'client-certificate-data': 'c2ltdWxhdGVk', 'client-key-data': 'c2ltdWxhdGVk' } }],
  contexts: [{ name: NAME, context: { cluster: 'kubernetes', user: 'kubernetes-admin' } }],
  'current-context': NAME,
};

/** What is read here of the machine that kubectl runs on. */
type Machine = Pick<KubectlEnvironment, 'env' | 'readFile'>;

/** Where the kubeconfig is: --kubeconfig, $KUBECONFIG, or ~/.kube/config. */
export function configPath(environment: Machine, flag: string): string {
  return flag || environment.env.KUBECONFIG?.split(':')[0] || `${environment.env.HOME ?? '/home/learner'}/.kube/config`;
}

/**
 * Reads the kubeconfig; where no file is, the cluster's administrator is meant, unless $KUBECONFIG names one.
 * @param making a file that --kubeconfig names may be made yet
 * @throws KubectlError when --kubeconfig names no file, or the file is no kubeconfig
 */
export function loadConfig(environment: Machine, flag: string, making = false): KubeConfig {
  const path = configPath(environment, flag);
  const text = environment.readFile(path) ?? ((flag ? making : environment.env.KUBECONFIG) ? '{}' : undefined);
  if (text === undefined) {
    if (flag) throw new KubectlError(`stat ${flag}: no such file or directory`);
    return structuredCopy(DEFAULT);
  }
  const read = parseConfig(path, text);
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: (read.clusters ?? []).map((entry: Json) => ({ name: '', ...entry, cluster: entry?.cluster ?? { server: '' } })),
    users: (read.users ?? []).map((entry: Json) => ({ name: '', ...entry, user: entry?.user ?? {} })),
    contexts: (read.contexts ?? []).map((entry: Json) => ({
      name: entry?.name ?? '',
      context: entry?.context ?? { cluster: '', user: '' },
    })),
    'current-context': read['current-context'] ?? '',
  };
}

/** @throws KubectlError for text that is no kubeconfig. Upstream: client-go/tools/clientcmd/loader.go */
function parseConfig(path: string, text: string): Json {
  const refuse = (why: string) => new KubectlError(`error loading config file "${path}": ${why}`);
  try {
    const read = parseYamlDocument(text) ?? {};
    const problem = kubeconfigProblem(read);
    if (problem !== undefined) throw refuse(problem);
    return read;
  } catch (error) {
    if (error instanceof YamlError) throw refuse(error.message.replace('error converting YAML to JSON: ', ''));
    throw error;
  }
}

export function saveConfig(environment: KubectlEnvironment, flag: string, config: KubeConfig): void {
  environment.writeFile(configPath(environment, flag), printYaml(asWritten(config)));
}

/** The kubeconfig as clientcmd writes it: entries by name, null where there are none. */
export function asWritten(config: KubeConfig): Json {
  const sorted = (list: { name: string }[]) => (list.length === 0 ? null : [...list].sort((a, b) => (a.name < b.name ? -1 : 1)));
  const { kind, apiVersion, clusters, users, contexts } = config;
  return {
    kind,
    apiVersion,
    clusters: sorted(clusters),
    users: sorted(users),
    contexts: sorted(contexts),
    'current-context': config['current-context'],
  };
}

function structuredCopy(config: KubeConfig): KubeConfig {
  return JSON.parse(JSON.stringify(config)) as KubeConfig;
}
