import type { Json, KubeObject } from '../cluster/apimachinery/object';
import { matchesSelector, parseSelector, type Selector } from '../cluster/apimachinery/selector';
import { groupVersion, pathOf, type Mapping } from './discovery';
import { AggregateError, KubectlError, StatusError } from './errors';
import { buildKustomization } from './kustomization';
import { readManifests, type ManifestItem } from './manifest';
import type { FlagValues } from './flags';
import type { Session } from './session';

/** What a command works on: one object by name, or (without a name) all of a kind. */
export interface Target {
  mapping: Mapping;
  namespace?: string;
  name?: string;
  /** The object as read from a file or the server. */
  object?: KubeObject;
  /** The file it was read from. */
  source?: string;
}

export interface Targets {
  targets: Target[];
  /** Errors of single files and names; the rest goes on. */
  errors: Error[];
  /** One object was asked for by name: it is printed by itself, not in a List. */
  single: boolean;
  /** Of objects named by files: only those whose live labels fit. */
  selector?: Selector;
}

export interface BuildOptions {
  flags: FlagValues;
  args: readonly string[];
  /** `get svc` lists all. Other commands want a name, a selector or --all. */
  listsAll?: boolean;
  /** With --all no names may be given; elsewhere it only allows to give none. */
  selectsAll?: boolean;
  /** Check apiVersion and kind of manifests. */
  validate?: boolean;
  /** Objects are named only: --selector and --all, if there are any, mean something else. */
  namedOnly?: boolean;
  /** A selector looks at the labels in files, not at those of the live objects. */
  selectsManifests?: boolean;
  /** Objects stay as they are in their files. */
  local?: boolean;
}

const MISSING = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** Reads FILE, TYPE, TYPE NAME and TYPE/NAME arguments. @throws KubectlError Upstream: cli-runtime/pkg/resource Builder. */
export function buildTargets(session: Session, options: BuildOptions): Targets {
  const { flags, args } = options;
  const files = flags.list('filename');
  const kustomization = flags.string('kustomize');
  if (kustomization !== '' && files.length > 0) throw new KubectlError('only one of -f or -k can be specified');
  if (kustomization !== '' && flags.boolean('recursive')) throw new KubectlError("the -k flag can't be used with -f or -R");
  if (kustomization !== '') {
    refuseArguments(args);
    buildKustomization(session.environment, kustomization);
  }
  if (files.length > 0) {
    if (args.length > 0) {
      readManifests(session.environment, files, { recursive: flags.boolean('recursive'), validate: false });
      refuseArguments(args);
    }
    return fromFiles(session, files, options);
  }
  if (args.length === 0) throw new KubectlError(MISSING);
  return fromArguments(session, options);
}

/** Where files say what is meant. @throws KubectlError when there are arguments as well */
function refuseArguments(args: readonly string[]): void {
  if (args.some((arg) => arg.includes('/')))
    throw new KubectlError('resource/name arguments cannot be provided when a path is specified');
  if (args.length > 0)
    throw new KubectlError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
}

function fromFiles(session: Session, files: string[], options: BuildOptions): Targets {
  const items = readManifests(session.environment, files, {
    recursive: options.flags.boolean('recursive'),
    validate: options.validate ?? false,
  });
  const selector = options.namedOnly ? undefined : parsedSelector(options.flags);
  const errors: Error[] = [];
  const targets: Target[] = [];
  for (const item of items) {
    if (!item.object) {
      if (item.error) errors.push(item.error);
      continue;
    }
    try {
      const target = mapObject(session, { ...item, object: item.object }, options.local);
      if (!options.selectsManifests || fits(selector, item.object)) targets.push(target);
    } catch (error) {
      if (!(error instanceof KubectlError || error instanceof AggregateError)) throw error;
      errors.push(error);
    }
  }
  // upstream: Builder.Stream; of standard input nobody knows how many there are
  const single = !files.includes('-');
  return { targets, errors, single: single && targets.length === 1 && items.length === 1, ...(selector && { selector }) };
}

/** Whether arguments name the objects. */
export const isNamed = ({ targets }: Targets): boolean =>
  targets.some(({ source, name }) => source === undefined && name !== undefined);

/** Whether an object's labels are the wanted ones; without a selector all are. */
export const fits = (selector: Selector | undefined, object: Json): boolean =>
  !selector || matchesSelector(selector, object.metadata?.labels);

/** The selector that objects of files must meet. @throws KubectlError */
function parsedSelector(flags: FlagValues): Selector | undefined {
  const text = flags.string('selector');
  if (text === '') return undefined;
  try {
    return parseSelector(text);
  } catch (error) {
    throw new KubectlError(`the provided selector ${JSON.stringify(text)} is not valid: ${(error as Error).message}`);
  }
}

function recognize(session: Session, object: KubeObject, source: string): Mapping | undefined {
  try {
    return session.discovery.byKind(object.apiVersion, object.kind);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw new KubectlError(`unable to recognize ${JSON.stringify(source)}: ${error.message}`);
  }
}

/**
 * The kind of an object read from a file.
 * @param listed it is one of a List's
 * @throws KubectlError, AggregateError when the server has none of that name
 */
export function mappingOf(session: Session, object: KubeObject, source: string, listed = false): Mapping {
  const mapping = recognize(session, object, source);
  if (mapping) return mapping;
  const unknown = `no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`;
  // upstream: FlattenListVisitor
  if (listed) throw new AggregateError([new KubectlError(`unable to recognize ${unknown}`)]);
  const { name = '', namespace = '' } = object.metadata ?? {};
  throw new KubectlError(
    `resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(namespace)} ` +
      `from ${JSON.stringify(source)}: ${unknown}\nensure CRDs are installed first`,
  );
}

/** The kind and namespace of an object read from a file. */
function mapObject(session: Session, { object, source, listed }: ManifestItem & { object: KubeObject }, local = false): Target {
  const mapping = mappingOf(session, object, source, listed);
  const metadata = object.metadata ?? {};
  if (!mapping.namespaced || local) return { mapping, name: metadata.name ?? '', object, source };
  const namespace = metadata.namespace || session.namespace;
  if (session.namespaceEnforced) requireNamespace(session, namespace);
  return { mapping, namespace, name: metadata.name ?? '', object: { ...object, metadata: { ...metadata, namespace } }, source };
}

/** @throws KubectlError when an object is in another namespace than the request's */
export function requireNamespace(session: Session, namespace: string): void {
  if (namespace === session.namespace) return;
  throw new KubectlError(
    `the namespace from the provided object "${namespace}" does not match the namespace "${session.namespace}". ` +
      `You must pass '--namespace=${namespace}' to perform this operation.`,
  );
}

function fromArguments(session: Session, options: BuildOptions): Targets {
  const { flags } = options;
  const selected = !options.namedOnly && Object.keys(listQuery(flags)).length > 0;
  const selectsAll = options.selectsAll && flags.boolean('all');
  const allNamespaces = flags.boolean('all-namespaces');
  const scope = (mapping: Mapping) => (mapping.namespaced && !allNamespaces ? session.namespace : undefined);
  const [first = '', ...others] = options.args;
  const types = splitTypes(first);
  // `svc,pods a b` means svc/a svc/b pods/a pods/b
  const args =
    types.length > 1 && others.length > 0 ? types.flatMap((type) => others.map((name) => `${type}/${name}`)) : options.args;
  const slashes = args.filter((arg) => arg.includes('/')).length;
  if (slashes > 0) {
    if (slashes < args.length) {
      throw new KubectlError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    }
    const pairs = args.map(splitPair);
    if (selected || selectsAll)
      throw new KubectlError('selectors and the all flag cannot be used when passing resource/name arguments');
    const targets = pairs.map(([type, name]) => {
      const mapping = session.find(type);
      return { mapping, namespace: scope(mapping), name };
    });
    if (allNamespaces && targets.some(({ mapping }) => mapping.namespaced))
      throw new KubectlError('a resource cannot be retrieved by name across all namespaces');
    return { targets, errors: [], single: targets.length === 1 };
  }
  const [type = '', ...names] = args;
  if (names.length === 0 && (options.listsAll || selected || selectsAll) && flags.string('subresource'))
    throw new KubectlError('subresource cannot be used when bulk resources are specified');
  if (names.length > 0 && (selected || selectsAll))
    throw new KubectlError('name cannot be provided when a selector is specified');
  const mappings = findMappings(session, type);
  if (names.length > 0) {
    if (mappings.length > 1) throw new KubectlError('you must specify only one resource');
    const mapping = mappings[0] as Mapping;
    if (allNamespaces && mapping.namespaced)
      throw new KubectlError('a resource cannot be retrieved by name across all namespaces');
    return {
      targets: names.map((name) => ({ mapping, namespace: scope(mapping), name })),
      errors: [],
      single: names.length === 1,
    };
  }
  if (!options.listsAll && !selected && !flags.boolean('all')) {
    throw new KubectlError('resource(s) were provided, but no name was specified');
  }
  return { targets: mappings.map((mapping) => ({ mapping, namespace: scope(mapping) })), errors: [], single: false };
}

const splitTypes = (types: string) => types.split(',');

/** `svc/web` in its parts. @throws KubectlError */
export function splitPair(argument: string): [string, string] {
  const parts = argument.split('/');
  if (parts.length !== 2) throw new KubectlError('arguments in resource/name form may not have more than one slash');
  const [type = '', name = ''] = parts;
  if (type === '' || name === '' || type.includes(',')) {
    throw new KubectlError('arguments in resource/name form must have a single resource and name');
  }
  return [type, name];
}

function findMappings(session: Session, types: string): Mapping[] {
  const found = new Set<Mapping>();
  for (const type of splitTypes(types)) {
    const category = session.discovery.category(type);
    if (category.length > 0) category.forEach((mapping) => found.add(mapping));
    else found.add(session.find(type));
  }
  return [...found];
}

/** Query parameters of a list: selectors as the flags give them; an empty one is none. */
export function listQuery(flags: FlagValues): Record<string, string> {
  const labelSelector = flags.string('selector').trim();
  const fieldSelector = flags.string('field-selector').trim();
  return { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
}

/** A refused list names the selectors. Upstream: resource.Selector.Visit. */
export function listError(error: unknown, mapping: Mapping, query: Record<string, string>): Error {
  if (error instanceof KubectlError) return error;
  if (!(error instanceof StatusError)) throw error;
  const reason = error.reason;
  if (reason !== 'BadRequest' && reason !== 'NotFound') return error;
  const { labelSelector = '', fieldSelector = '' } = query;
  if (reason === 'BadRequest') {
    return error.prefixed(
      `Unable to find "${groupVersion(mapping).includes('/') ? groupVersion(mapping) : `/${mapping.version}`}, Resource=${mapping.resource}" ` +
        `that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}: `,
    );
  }
  return error;
}

/** Reads the live objects of targets: named ones one by one, kinds as lists; without `latest`, not those from files. Errors are gathered. */
export const fetchTargets = (
  session: Session,
  built: Targets,
  flags: FlagValues,
  options: { latest?: boolean } = {},
): Target[] => [...visitTargets(session, built, flags, options)];

/** The same one after the other: what is done with each comes before the next is read. Upstream: EagerVisitorList. */
export function* visitTargets(
  session: Session,
  built: Targets,
  flags: FlagValues,
  { latest = true }: { latest?: boolean } = {},
): Generator<Target, void, void> {
  const query = listQuery(flags);
  for (const target of built.targets) {
    let fetched: Target[] = [];
    try {
      fetched = target.object && !latest ? [target] : fetchTarget(session, target, query, flags.string('subresource'));
    } catch (error) {
      if (!(error instanceof StatusError) && !(error instanceof KubectlError)) throw error;
      built.errors.push(target.name === undefined ? listError(error, target.mapping, query) : error);
    }
    yield* target.source === undefined ? fetched : fetched.filter(({ object }) => fits(built.selector, object));
  }
}

/**
 * Reads one object. Where its namespace is missing, that is the error. Upstream: resource.Info.Get.
 * @throws StatusError
 */
export function readObject(
  session: Session,
  target: Target,
  options: { query?: Record<string, string>; accept?: string; subresource?: string } = {},
): Json {
  const { mapping, namespace, name } = target;
  const path = pathOf(mapping, namespace, name) + (options.subresource ? `/${options.subresource}` : '');
  try {
    return session.get(path, options.query, options.accept);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound' && namespace && namespace !== 'default') {
      const missing = missingNamespace(session, namespace);
      if (missing) throw missing;
    }
    throw error;
  }
}

function missingNamespace(session: Session, namespace: string): StatusError | undefined {
  try {
    session.get(`/api/v1/namespaces/${namespace}`);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return error;
  }
  return undefined;
}

function fetchTarget(session: Session, target: Target, query: Record<string, string>, subresource: string): Target[] {
  const { mapping, namespace, name } = target;
  // upstream: RetrieveLatest; pathOf refuses those that arguments name
  if (name === '' && target.source !== undefined) return [target];
  if (name !== undefined) return [{ ...target, object: readObject(session, target, { subresource }) }];
  const body: Json = session.get(pathOf(mapping, namespace), query);
  return (body.items ?? []).map((item: Json) => ({
    mapping,
    namespace: item.metadata.namespace,
    name: item.metadata.name,
    object: { apiVersion: groupVersion(mapping), kind: mapping.kind, ...item },
  }));
}
