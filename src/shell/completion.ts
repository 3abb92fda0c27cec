import type { Json } from '../cluster/apimachinery/object';
import { resolvePath } from './files';
import type { Shell } from './shell';
import { wordsBefore } from './words';

export interface Completion {
  /** Where the completed word begins in the text before the cursor. */
  start: number;
  /** Whole words that fit, sorted; a `/` or `=` at the end means that more follows. */
  candidates: string[];
}

const verbs =
  'annotate api-resources api-versions apply cluster-info config create delete describe diff edit events exec explain expose get label logs options patch replace rollout run scale set version wait'.split(
    ' ',
  );

/** Plural, short names, path of the collection (`*` stands for the namespace). */
const kinds: [string, string[], string][] = [
  ['deployments', ['deploy', 'deployment', 'deployments.apps'], '/apis/apps/v1/namespaces/*/deployments'],
  ['endpoints', ['ep'], '/api/v1/namespaces/*/endpoints'],
  ['endpointslices', ['endpointslice'], '/apis/discovery.k8s.io/v1/namespaces/*/endpointslices'],
  ['events', ['ev', 'event'], '/api/v1/namespaces/*/events'],
  ['namespaces', ['ns', 'namespace'], '/api/v1/namespaces'],
  ['nodes', ['no', 'node'], '/api/v1/nodes'],
  ['pods', ['po', 'pod'], '/api/v1/namespaces/*/pods'],
  ['replicasets', ['rs', 'replicaset'], '/apis/apps/v1/namespaces/*/replicasets'],
  ['services', ['svc', 'service'], '/api/v1/namespaces/*/services'],
];
const kindVerbs = new Set('annotate delete describe edit explain expose get label patch scale wait'.split(' '));
const creatable = ['deployment', 'namespace', 'service'];
const serviceTypes = ['clusterip', 'externalname', 'loadbalancer', 'nodeport'];

const common = ['--namespace', '-n', '--output', '-o', '--selector', '-l', '--filename', '-f', '--help'];
const flags: Record<string, string[]> = {
  get: [
    '--all-namespaces',
    '-A',
    '--watch',
    '-w',
    '--show-labels',
    '--sort-by',
    '--field-selector',
    '--label-columns',
    '-L',
    '--no-headers',
    '--ignore-not-found',
  ],
  apply: ['--dry-run', '--server-side', '--prune'],
  create: ['--dry-run', '--tcp', '--node-port', '--image', '--replicas', '--port'],
  delete: ['--all', '--force', '--grace-period', '--ignore-not-found', '--now', '--wait'],
  describe: ['--all-namespaces', '-A', '--show-events'],
  exec: ['-it', '-i', '-t', '--container', '-c'],
  expose: ['--port', '--target-port', '--type', '--name', '--protocol', '--dry-run'],
  label: ['--overwrite', '--list', '--all'],
  annotate: ['--overwrite', '--list', '--all'],
  logs: ['--follow', '--tail', '--container', '-c'],
  patch: ['--patch', '-p', '--type', '--patch-file'],
  run: ['--image', '--labels', '--port', '--restart', '--rm', '-it', '--command'],
  scale: ['--replicas'],
};
const outputs = ['custom-columns=', 'json', 'jsonpath=', 'name', 'wide', 'yaml'];

/** What Tab offers for the text before the cursor. */
export function complete(shell: Shell, before: string): Completion {
  const words = wordsBefore(before);
  const last = words.at(-1) ?? { text: '', start: before.length, end: before.length };
  const typed = words.map((word) => word.text);
  const word = last.text;
  const offered = words.length === 1 ? programs(shell) : argumentsOf(shell, typed);
  const candidates = [...new Set(offered)].filter((one) => one.startsWith(word)).sort();
  return { start: last.start, candidates };
}

function programs(shell: Shell): string[] {
  return [...shell.programsOf(shell.frame.machine).keys()];
}

function argumentsOf(shell: Shell, words: string[]): string[] {
  const program = words[0] ?? '';
  const word = words.at(-1) ?? '';
  if (program === 'kubectl' || program === 'k') return kubectl(shell, words.slice(1));
  if (program === 'ssh') return shell.frame.machine.kind === 'node' ? [] : ['vm', ...names(shell, '/api/v1/nodes')];
  if (['curl', 'ping', 'nslookup', 'echo', 'sleep'].includes(program)) return [];
  return paths(shell, word, program === 'cd');
}

function kubectl(shell: Shell, words: string[]): string[] {
  const word = words.at(-1) ?? '';
  const previous = words.at(-2) ?? '';
  if (/^(-f|--filename|--patch-file)$/.test(previous)) return paths(shell, word);
  const file = /^(-f|--filename=|--patch-file=)/.exec(word)?.[0];
  if (file && word !== '-f') return paths(shell, word.slice(file.length)).map((path) => file + path);
  if (/^(-o|--output)$/.test(previous)) return outputs;
  if (word.startsWith('--output=')) return outputs.map((one) => `--output=${one}`);
  if (/^(-n|--namespace)$/.test(previous)) return names(shell, '/api/v1/namespaces');
  const plain: string[] = [];
  for (let i = 0; i < words.length - 1; i++) {
    const one = words[i] ?? '';
    if (one === '--')
      return programs(shell)
        .filter((name) => ['curl', 'cat', 'ls', 'hostname', 'ping', 'nslookup'].includes(name))
        .concat('sh');
    if (/^(-n|--namespace|-o|--output|-l|--selector|-f|--filename|-c|--container)$/.test(one)) i++;
    else if (!one.startsWith('-')) plain.push(one);
  }
  const [verb, kind, ...rest] = plain;
  if (verb === undefined) return verbs;
  if (word.startsWith('-')) return [...(flags[verb] ?? []), ...common];
  const namespace = namespaceOf(words);
  const collection = (name: string) =>
    kinds.find(([plural, short]) => plural === name || short.includes(name))?.[2].replace('*', namespace);
  if (verb === 'exec' || verb === 'logs') return kind === undefined ? names(shell, collection('pods') ?? '') : [];
  if (verb === 'create')
    return kind === undefined ? creatable : (kind === 'service' || kind === 'svc') && rest.length === 0 ? serviceTypes : [];
  if (verb === 'rollout')
    return kind === undefined
      ? ['history', 'pause', 'restart', 'resume', 'status', 'undo']
      : named(shell, 'deployments', collection);
  if (!kindVerbs.has(verb)) return [];
  const slash = word.indexOf('/');
  if (slash > 0) return named(shell, word.slice(0, slash), collection).map((name) => `${word.slice(0, slash)}/${name}`);
  if (kind === undefined) return kinds.flatMap(([plural, short]) => [plural, ...short.filter((one) => !one.includes('.'))]);
  if (kind.includes('/') || verb === 'explain') return [];
  return named(shell, kind, collection);
}

function named(shell: Shell, kind: string, collection: (kind: string) => string | undefined): string[] {
  const path = collection(kind);
  return path === undefined ? [] : names(shell, path);
}

function namespaceOf(words: string[]): string {
  for (let i = 0; i < words.length; i++) {
    const one = words[i] ?? '';
    if (one === '-n' || one === '--namespace') return words[i + 1] ?? 'default';
    const joined = /^(?:-n|--namespace=)(.+)$/.exec(one);
    if (joined) return joined[1] ?? 'default';
  }
  return 'default';
}

function names(shell: Shell, path: string): string[] {
  const response = shell.world.api.handle({ method: 'GET', path });
  if (response.status !== 200) return [];
  return ((response.body.items ?? []) as Json[]).map((item) => item.metadata.name as string);
}

function paths(shell: Shell, word: string, directoriesOnly = false): string[] {
  const { directory, machine } = shell.frame;
  const slash = word.lastIndexOf('/');
  const head = word.slice(0, slash + 1);
  const base = head.startsWith('~/') ? machine.files.home + head.slice(1) : head;
  const folder = resolvePath(directory, base === '' ? '.' : base);
  const shown = (machine.files.list(folder) ?? []).filter(
    (name) => word.slice(slash + 1).startsWith('.') || !name.startsWith('.'),
  );
  return shown
    .map((name) => (machine.files.isDirectory(resolvePath(folder, name)) ? `${head}${name}/` : head + name))
    .filter((name) => !directoriesOnly || name.endsWith('/'));
}
