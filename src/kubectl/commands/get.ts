import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allNamespacesFlag, fieldSelectorFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { groupVersion, kindPrefix, pathOf, type Mapping } from '../discovery';
import { KubectlError, StatusError, throwAggregated, throwGathered, usageError } from '../errors';
import { flag, type FlagValues } from '../flags';
import { ageTable } from '../printers/agetable';
import { ALL_FORMATS, objectPrinter } from '../printers/objectprinter';
import { sortObjects, sortTables } from '../printers/sort';
import { TablePrinter } from '../printers/table';
import { TabWriter } from '../printers/tabwriter';
import {
  buildTargets,
  fetchTargets,
  fits,
  isNamed,
  listError,
  listQuery,
  readObject,
  type Target,
  type Targets,
} from '../resourcebuilder';
import { TABLE_ACCEPT } from '../session';
import type { Suspend } from '../types';
import { rawText, splitRaw } from './raw';
import { watchTarget } from './watch';

const NO_TYPE =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n';

export const get: Command = {
  name: 'get',
  interruptExit: 1,
  short: 'Display one or many resources',
  use: `[(-o|--output=)${ALL_FORMATS.join('|')}] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]`,
  examples: [
    'kubectl get svc',
    'kubectl get svc,pods -o wide',
    'kubectl get svc test -o yaml',
    'kubectl get pods -l app=test -w',
  ],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    selectorFlag,
    fieldSelectorFlag,
    allNamespacesFlag,
    flag('chunk-size', 'int', 'Lists are fetched in chunks of this size.', { default: '500', support: 'ignored' }),
    flag('ignore-not-found', 'bool', 'Missing objects are no error.'),
    flag('label-columns', 'list', 'Labels to show as columns.', { short: 'L' }),
    flag('no-headers', 'bool', 'No line with the names of columns.'),
    flag('output-watch-events', 'bool', 'Show the kind of each watch event.'),
    flag('raw', 'string', 'Path to ask the server for as it is.'),
    flag('server-print', 'bool', 'Let the server choose the columns.', { default: 'true' }),
    flag('show-kind', 'bool', 'Show the kind in front of names.'),
    flag('show-labels', 'bool', 'Show all labels in the last column.'),
    flag('sort-by', 'string', 'Field to sort by, as a jsonpath.'),
    flag('subresource', 'string', 'Subresource to get: status, scale.'),
    flag('watch', 'bool', 'Then watch for changes.', { short: 'w' }),
    flag('watch-only', 'bool', 'Watch for changes without listing first.'),
  ],
  *run(invocation): Generator<Suspend, number | void, void> {
    const { session, flags, args, path } = invocation;
    const watching = flags.boolean('watch') || flags.boolean('watch-only');
    if (flags.string('raw')) {
      if (args.length > 0) throw new KubectlError('arguments may not be passed when --raw is specified');
      if (watching || flags.has('selector'))
        throw new KubectlError('--raw may not be specified with other flags that filter the server request or alter the output');
      if (flags.string('output')) throw new KubectlError('--raw and --output are mutually exclusive');
      return yield* getRaw(invocation);
    }
    // what is wrong with the kubeconfig comes first
    void session.namespace;
    if (flags.boolean('output-watch-events') && !watching) {
      throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only');
    }
    const output = flags.string('output');
    if (flags.boolean('show-labels') && output !== '' && output !== 'wide') {
      throw new KubectlError(`--show-labels option cannot be used with ${output} printer`);
    }
    if (!watching && args.length === 0 && flags.list('filename').length === 0 && !flags.has('kustomize')) {
      session.err(NO_TYPE);
      throw usageError(
        path,
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
      );
    }
    const built = buildTargets(session, { flags, args, listsAll: true });
    if (watching && flags.string('sort-by'))
      session.err('warning: --watch requested, --sort-by will be ignored for watch events received\n');
    if (watching) return yield* watchTarget(invocation, built);
    if (printsTables(flags)) printTables(invocation, built);
    else printObjects(invocation, built);
  },
};

/** Upstream: GetOptions.IsHumanReadablePrinter. */
const printsTables = (flags: FlagValues): boolean =>
  flags.string('output') === 'wide' || (flags.string('output') === '' && flags.string('template') === '');

/** Names as `service/test`. */
export function nameOf(mappings: readonly Mapping[]) {
  return (object: Json): string => {
    const mapping = mappings.find((candidate) => candidate.kind === object.kind && groupVersion(candidate) === object.apiVersion);
    const group = String(object.apiVersion ?? '').includes('/') ? `.${String(object.apiVersion).split('/')[0]}` : '';
    return `${mapping ? kindPrefix(mapping) : `${String(object.kind).toLowerCase()}${group}`}/${object.metadata?.name || '<unknown>'}`;
  };
}

function* getRaw({ session, flags }: Invocation): Generator<Suspend, void, void> {
  const target = cleaned(splitRaw(flags.string('raw')));
  const { path, query } = target;
  session.skipsNamespace = true;
  // an object by itself is only read
  const watched = /^\/apis?\/.*[^/]$/.test(path) && 'watch' in query && !/^(0|false)$/i.test(query.watch ?? '');
  const old = /^(\/api\/[^/]+|\/apis\/[^/]+\/[^/]+)\/watch(\/.+)$/.exec(path);
  if (!old && !(watched && isCollection(path))) return session.out(rawText(session.get(path, query), target));
  const watch = session.watch(old ? `${old[1]}${old[2]}` : path, query, undefined, (event) =>
    session.out(rawText(event, { path, query: {} })),
  );
  const seconds = Number(query.timeoutSeconds ?? 0);
  const until = seconds > 0 ? session.now + seconds * 1000 : undefined;
  try {
    while (until === undefined || session.now < until) yield until === undefined ? {} : { until };
  } finally {
    watch.stop();
  }
}

/** The server leads a path such as `/api//v1` to the one that it means. */
const cleaned = <T extends { path: string }>(target: T): T => {
  const { pathname } = new URL(target.path.replace(/\/{2,}/g, '/'), 'https://server');
  return { ...target, path: pathname };
};

/** `/api/v1/services` and `/apis/apps/v1/namespaces/NS/deployments`, but no object. */
const isCollection = (path: string): boolean => /^\/(api|apis\/[^/]+)\/[^/]+\/(namespaces\/[^/]+\/)?[^/]+$/.test(path);

/** Upstream: GetOptions.printGeneric. What is wrong with -o turns up only when there is something to print. */
function printObjects({ session, flags }: Invocation, built: Targets): void {
  const ignoreMissing = flags.boolean('ignore-not-found');
  let found = fetchTargets(session, built, flags);
  if (ignoreMissing) built.errors = built.errors.filter((error) => !isNotFound(error));
  if (found.length === 0 && (built.single || ignoreMissing)) return throwGathered(built.errors);
  const printer = objectPrinter({
    flags,
    environment: session.environment,
    formats: ALL_FORMATS,
    noHeaders: flags.boolean('no-headers'),
    nameOf: nameOf(session.discovery.mappings),
  })!;
  const single = built.single && found.length === 1;
  try {
    if (flags.string('sort-by') && !single) found = sortObjects(found, flags.string('sort-by'));
    const items = found.map((target) => target.object);
    session.out(printer(single ? items[0] : { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }));
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    built.errors.push(error);
  }
  throwGathered(built.errors);
}

const isNotFound = (error: unknown) => error instanceof StatusError && error.reason === 'NotFound';

interface Fetched {
  mapping: Mapping;
  table: Json;
}

function printTables(invocation: Invocation, built: Targets): void {
  const { session, flags } = invocation;
  const tables = fetchTables(invocation, built);
  const withKind = flags.boolean('show-kind') || new Set(tables.map(({ mapping }) => mapping)).size > 1;
  const sorted = flags.string('sort-by') ? sortTables(tables, flags.string('sort-by')) : tables;
  let text = '';
  let last: Mapping | undefined;
  let writer: TabWriter | undefined;
  // once there, the column of namespaces stays
  let withNamespace = false;
  let printer: TablePrinter | undefined;
  for (const { mapping, table } of sorted) {
    if ((table.rows ?? []).length === 0) continue;
    if (mapping !== last) {
      text += writer?.flush() ?? '';
      if (text !== '' && !flags.boolean('no-headers')) text += '\n';
      writer = new TabWriter({ minWidth: 6, padding: 3 });
      withNamespace ||= flags.boolean('all-namespaces') && mapping.namespaced;
      printer = tablePrinter(invocation, withNamespace, withKind ? mapping : undefined);
      last = mapping;
    }
    printer?.print(table, writer as TabWriter);
  }
  text += writer?.flush() ?? '';
  session.out(text);
  if (text === '' && !flags.boolean('ignore-not-found') && built.errors.length === 0) {
    const namespaced = !flags.boolean('all-namespaces') && built.targets.every((target) => target.mapping.namespaced);
    session.err(namespaced ? `No resources found in ${session.namespace} namespace.\n` : 'No resources found\n');
  }
  const errors = flags.boolean('ignore-not-found') ? built.errors.filter((error) => !isNotFound(error)) : built.errors;
  throwAggregated(errors, isNamed(built));
}

/** The table printer that the flags ask for. @param kind stands in front of names */
export function tablePrinter({ flags }: Invocation, withNamespace: boolean, kind: Mapping | undefined): TablePrinter {
  return new TablePrinter({
    wide: flags.string('output') === 'wide',
    noHeaders: flags.boolean('no-headers'),
    withNamespace,
    kindPrefix: kind ? kindPrefix(kind) : '',
    showLabels: flags.boolean('show-labels'),
    labelColumns: flags.list('label-columns'),
    withEvents: flags.boolean('output-watch-events'),
  });
}

function fetchTables(invocation: Invocation, built: Targets): Fetched[] {
  const query = listQuery(invocation.flags);
  const tables: Fetched[] = [];
  for (const target of built.targets) {
    const { mapping, name, source } = target;
    try {
      const body = fetchBody(invocation, target, query);
      // a Table has no labels of its own, and upstream looks no further
      if (source !== undefined && !fits(built.selector, body)) continue;
      // what stands in a file without a name is shown as it stands there
      const table =
        body.kind === 'Table' ? body : ageTable(name === undefined ? (body.items ?? []) : [body], invocation.session.now);
      tables.push({ mapping, table });
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
      built.errors.push(name === undefined ? listError(error, mapping, query) : error);
    }
  }
  return tables;
}

/** One object or list, as a Table where the server is to choose the columns. */
function fetchBody({ session, flags }: Invocation, target: Target, query: Record<string, string>): Json {
  const { mapping, namespace, name } = target;
  const accept = flags.boolean('server-print') ? TABLE_ACCEPT : undefined;
  if (name === '' && target.source !== undefined) return target.object!;
  const parameters = { ...(name === undefined ? query : {}), ...(flags.string('sort-by') && { includeObject: 'Object' }) };
  return name === undefined
    ? session.get(pathOf(mapping, namespace), parameters, accept)
    : readObject(session, target, { query: parameters, accept, subresource: flags.string('subresource') });
}
