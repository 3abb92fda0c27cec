import type { Json } from '../../cluster/apimachinery/object';
import { findPod } from '../commands/podtarget';
import { getable } from '../commands/apiresources';
import { qualified } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import { FlagValues, type Flag } from '../flags';
import { ALL_FORMATS } from '../printers/objectprinter';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Session } from '../session';
import { DIRECTIVES } from './directives';

interface Offer {
  values: readonly string[];
  directive: number;
}

/** What may stand for a word, given the arguments in front of it. Upstream: kubectl/pkg/util/completion. */
type Completer = (session: Session, args: readonly string[], word: string) => Offer;

const only = (values: readonly string[]): Offer => ({ values, directive: DIRECTIVES.NoFileComp });
const starting = (values: readonly string[], word: string) => values.filter((value) => value.startsWith(word));

/** What a question to the server gives; nothing where it cannot be asked. */
function quietly<T>(ask: () => T[]): T[] {
  try {
    return ask();
  } catch (error) {
    if (error instanceof KubectlError || error instanceof StatusError) return [];
    throw error;
  }
}

/** The objects of a type, or one of them, as `get` without flags finds them. */
function objectsOf(session: Session, ...args: string[]): Json[] {
  return quietly(() => {
    const flags = new FlagValues([]);
    const built = buildTargets(session, { flags, args, listsAll: true });
    return fetchTargets(session, built, flags).map(({ object }): Json => object);
  });
}

const namesOf = (session: Session, type: string, word: string) =>
  starting(
    objectsOf(session, type).map((object) => object.metadata.name as string),
    word,
  );

/** Kinds that can be read; of `pods,ser` the last one is completed. */
function typesOf(session: Session, word: string): string[] {
  const head = word.slice(0, word.lastIndexOf(',') + 1);
  const names = quietly(() => getable(session).map(qualified));
  return starting(names, word.slice(head.length)).map((name) => head + name);
}

/** TYPE NAME... or TYPE/NAME... @param allowed only these types @param repeats more than one name */
function resources(allowed: readonly string[] = [], repeats = true): Completer {
  const types = (session: Session, word: string) => (allowed.length > 0 ? starting(allowed, word) : typesOf(session, word));
  return (session, args, word) => {
    const [type = '', ...others] = args;
    if (args.length > 0 && !type.includes('/')) {
      const names = repeats || args.length === 1 ? namesOf(session, type, word) : [];
      return only(names.filter((name) => !others.includes(name)));
    }
    const slash = word.indexOf('/');
    if (slash >= 0) {
      if (!repeats && args.length > 0) return only([]);
      return only(prefixed(session, word, slash).filter((name) => !args.includes(name)));
    }
    if (args.length === 0) return only(types(session, word));
    if (!repeats) return only([]);
    return { values: types(session, word).map((name) => `${name}/`), directive: DIRECTIVES.NoFileComp | DIRECTIVES.NoSpace };
  };
}

function prefixed(session: Session, word: string, slash: number): string[] {
  const type = word.slice(0, slash);
  return namesOf(session, type, word.slice(slash + 1)).map((name) => `${type}/${name}`);
}

/** The name of an object of one type. */
const named =
  (type: string): Completer =>
  (session, args, word) =>
    only(args.length === 0 ? namesOf(session, type, word) : []);

const WITH_PODS = 'daemonsets deployments pods jobs replicasets replicationcontrollers services statefulsets'.split(' ');

/** Pods, and types that have some. */
function podsOf(session: Session, word: string): Offer {
  const slash = word.indexOf('/');
  if (slash >= 0) return only(prefixed(session, word, slash));
  const pods = namesOf(session, 'pod', word);
  const types = starting(WITH_PODS, word).map((type) => `${type}/`);
  return { values: [...pods, ...types], directive: DIRECTIVES.NoFileComp | (pods.length === 0 ? DIRECTIVES.NoSpace : 0) };
}

/** @param second what stands behind the pod */
const pod =
  (second?: (session: Session, pod: string, word: string) => string[]): Completer =>
  (session, args, word) => {
    if (args.length === 0) return podsOf(session, word);
    return only(args.length === 1 && second ? second(session, args[0] as string, word) : []);
  };

/** The pod that POD or TYPE/NAME means; without patience it is found at once or not at all. */
const podNamed = (session: Session, argument: string): Json[] =>
  quietly(() => (argument.includes('/') ? [findPod(session, argument, 0).next().value] : objectsOf(session, 'pod', argument)));

const containers = (session: Session, argument: string, word: string) =>
  starting(
    podNamed(session, argument).flatMap(({ spec }) =>
      [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map(({ name }: Json) => name as string),
    ),
    word,
  );

/** `8080:80` of a pod's containers or a Service's ports. */
function ports(session: Session, argument: string, word: string): string[] {
  const [type = '', name = ''] = argument.split('/');
  const isService = argument.includes('/') && ['service', 'services', 'svc'].includes(type);
  const numbers: number[] = isService
    ? objectsOf(session, 'service', name).flatMap(({ spec }) => (spec.ports ?? []).map(({ port }: Json) => port))
    : podNamed(session, argument).flatMap(({ spec }) =>
        spec.containers.flatMap((one: Json) => (one.ports ?? []).map(({ containerPort }: Json) => containerPort)),
      );
  const local = word.split(':')[0];
  return starting(
    numbers.map((port) => `${word === '' ? port : local}:${port}`),
    word,
  );
}

/** Names of one list of the kubeconfig. */
const configured =
  (list: 'contexts' | 'clusters' | 'users'): Completer =>
  (session, _args, word) =>
    only(
      starting(
        quietly(() => session.plainConfig[list].map(({ name }) => name)),
        word,
      ),
    );

const firstOf =
  (completer: Completer): Completer =>
  (session, args, word) =>
    args.length === 0 ? completer(session, args, word) : only([]);

/** Files in and outside of pods. */
const copied: Completer = (session, args, word) => {
  const values: string[] = [];
  const slash = word.indexOf('/');
  if (args.length === 0 && !/^[/.~]/.test(word) && !word.includes(':')) {
    if (slash > 0) {
      const pods = quietly(() => session.get(`/api/v1/namespaces/${word.slice(0, slash)}/pods`).items as Json[]);
      values.push(
        ...starting(
          pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}:`),
          word,
        ),
      );
    } else {
      values.push(...namesOf(session, 'namespace', word).map((name) => `${name}/`));
      values.push(...namesOf(session, 'pod', word).map((name) => `${name}:`));
      if (word === '') values.push('./', '/');
      else if (values.length > 0) values.push(...filesOf(session, word));
    }
  }
  return { values, directive: DIRECTIVES.NoSpace };
};

function filesOf({ environment }: Session, word: string): string[] {
  return starting(environment.readDirectory('.') ?? [], word).map((name) =>
    environment.readDirectory(name) ? `${name}/` : name,
  );
}

const CONTROLLED = ['deployment', 'daemonset', 'statefulset'];
const SCALED = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'];

/** What the arguments of commands may be. */
const ARGUMENTS: Readonly<Record<string, Completer>> = {
  get: resources(),
  describe: resources(),
  edit: resources(),
  delete: resources(),
  patch: resources(),
  label: resources(),
  annotate: resources(),
  debug: resources(),
  'apply edit-last-applied': resources(),
  'apply view-last-applied': resources(),
  'rollout history': resources(CONTROLLED),
  'rollout pause': resources(['deployment']),
  'rollout restart': resources(CONTROLLED),
  'rollout resume': resources(['deployment']),
  'rollout status': resources(CONTROLLED, false),
  'rollout undo': resources(CONTROLLED),
  scale: resources(SCALED),
  autoscale: resources(SCALED),
  expose: resources(['pod', 'service', 'replicationcontroller', 'deployment', 'replicaset']),
  taint: resources(['node']),
  'set image': resources(
    ['daemonsets', 'deployments', 'pods', 'cronjobs', 'replicasets', 'replicationcontrollers', 'statefulsets'],
    false,
  ),
  logs: pod(containers),
  exec: pod(),
  attach: pod(),
  'port-forward': pod(ports),
  'top node': named('node'),
  'top pod': named('pod'),
  cordon: named('node'),
  uncordon: named('node'),
  drain: named('node'),
  'create token': named('serviceaccount'),
  cp: copied,
  completion: (_session, args, word) => only(args.length === 0 ? starting(['bash', 'fish', 'powershell', 'zsh'], word) : []),
  'config use-context': firstOf(configured('contexts')),
  'config rename-context': firstOf(configured('contexts')),
  'config set-context': firstOf(configured('contexts')),
  'config delete-context': firstOf(configured('contexts')),
  'config delete-cluster': firstOf(configured('clusters')),
  'config delete-user': firstOf(configured('users')),
};

const namespaces: Completer = (session, _args, word) => only(namesOf(session, 'namespace', word));

/** What the values of flags may be that every command takes. */
const INHERITED: Readonly<Record<string, Completer>> = {
  namespace: namespaces,
  context: configured('contexts'),
  cluster: configured('clusters'),
  user: configured('users'),
};

/** The same for flags of single commands; with `*` for those of all that have them. */
const FLAGS: Readonly<Record<string, Completer>> = {
  'get --output': (_session, _args, word) => only(starting(ALL_FORMATS, word)),
  'config set-context --namespace': namespaces,
  'create clusterrolebinding --clusterrole': (session, _args, word) => only(namesOf(session, 'clusterrole', word)),
  'exec --container': (session, args, word) => only(args[0] === undefined ? [] : containers(session, args[0], word)),
  '* --subresource': () => only(['status', 'scale', 'resize']),
};

const short = (path: string) => path.replace(/^kubectl ?/, '');

/** @param path `kubectl rollout status` */
export const argumentCompleter = (path: string): Completer | undefined => ARGUMENTS[short(path)];

export const flagCompleter = (path: string, { name, inherited }: Flag): Completer | undefined =>
  inherited ? INHERITED[name] : (FLAGS[`${short(path)} --${name}`] ?? FLAGS[`* --${name}`]);
