import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allNamespacesFlag, fieldSelectorFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { groupVersion, kindPrefix, pathOf, type Mapping } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { ageTable } from '../printers/agetable';
import { goJson } from '../printers/gojson';
import { ALL_FORMATS, objectPrinter, type ObjectPrinter } from '../printers/objectprinter';
import { sortObjects, sortTables } from '../printers/sort';
import { TablePrinter } from '../printers/table';
import { TabWriter } from '../printers/tabwriter';
import {
  buildTargets,
  fetchTargets,
  fits,
  listError,
  listQuery,
  readObject,
  type Target,
  type Targets,
} from '../resourcebuilder';
import { TABLE_ACCEPT } from '../session';
import type { Suspend } from '../types';
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
    if (flags.has('raw')) {
      if (args.length > 0) throw new KubectlError('arguments may not be passed when --raw is specified');
      if (watching || flags.has('selector'))
        throw new KubectlError('--raw may not be specified with other flags that filter the server request or alter the output');
      if (flags.string('output')) throw new KubectlError('--raw and --output are mutually exclusive');
      return getRaw(invocation);
    }
    if (flags.boolean('output-watch-events') && !watching) {
      throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only');
    }
    const output = flags.string('output');
    if (flags.boolean('show-labels') && output !== '' && output !== 'wide') {
      throw new KubectlError(`--show-labels option cannot be used with ${output} printer`);
    }
    if (args.length === 0 && flags.list('filename').length === 0 && !flags.has('kustomize')) {
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
    const printer = objectPrinter({
      flags,
      environment: session.environment,
      formats: ALL_FORMATS,
      noHeaders: flags.boolean('no-headers'),
      nameOf: nameOf(session.discovery.mappings),
    });
    if (printer) printObjects(invocation, built, printer);
    else printTables(invocation, built);
  },
};

/** Names as `service/test`. */
export function nameOf(mappings: readonly Mapping[]) {
  return (object: Json): string => {
    const mapping = mappings.find((candidate) => candidate.kind === object.kind && groupVersion(candidate) === object.apiVersion);
    const group = String(object.apiVersion ?? '').includes('/') ? `.${String(object.apiVersion).split('/')[0]}` : '';
    return `${mapping ? kindPrefix(mapping) : `${String(object.kind).toLowerCase()}${group}`}/${object.metadata?.name ?? ''}`;
  };
}

function getRaw({ session, flags }: Invocation): void {
  const [path = '', search = ''] = flags.string('raw').split('?');
  const query = Object.fromEntries(
    search
      .split('&')
      .filter((part) => part !== '')
      .map((part) => part.split('=', 2).map(decodeURIComponent))
      .map(([key = '', value = '']) => [key, value]),
  );
  const body = session.get(path, query);
  session.out(
    typeof body === 'string'
      ? body
      : `${goJson(body, { indent: path === '/version' ? 2 : 0, sorted: false })}${path === '/version' ? '' : '\n'}`,
  );
}

function printObjects(invocation: Invocation, built: Targets, printer: ObjectPrinter): void {
  const { session, flags } = invocation;
  const ignoreMissing = flags.boolean('ignore-not-found');
  let found = fetchTargets(session, built, flags);
  if (ignoreMissing) built.errors = built.errors.filter((error) => !isNotFound(error));
  if (found.length === 0 && built.errors.length > 0) throwGathered(built.errors);
  if (found.length === 0 && ignoreMissing && built.targets.some((target) => target.name !== undefined)) return;
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
  let printer: TablePrinter | undefined;
  for (const { mapping, table } of sorted) {
    if ((table.rows ?? []).length === 0) continue;
    if (mapping !== last) {
      text += writer?.flush() ?? '';
      if (text !== '' && !flags.boolean('no-headers')) text += '\n';
      writer = new TabWriter({ minWidth: 6, padding: 3 });
      printer = tablePrinter(invocation, mapping, withKind);
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
  throwGathered(errors.filter((error, index) => errors.findIndex((other) => other.message === error.message) === index));
}

/** The table printer that the flags ask for. */
export function tablePrinter({ flags }: Invocation, mapping: Mapping, withKind: boolean): TablePrinter {
  return new TablePrinter({
    wide: flags.string('output') === 'wide',
    noHeaders: flags.boolean('no-headers'),
    withNamespace: flags.boolean('all-namespaces') && mapping.namespaced,
    kindPrefix: withKind ? kindPrefix(mapping) : '',
    showLabels: flags.boolean('show-labels'),
    labelColumns: flags.list('label-columns'),
    withEvents: flags.boolean('output-watch-events'),
  });
}

function fetchTables(invocation: Invocation, built: Targets): Fetched[] {
  const query = listQuery(invocation.flags);
  const tables: Fetched[] = [];
  for (const target of built.targets) {
    try {
      const table = fetchTable(invocation, target, query);
      const rows = (table.rows ?? []).filter((row: Json) => target.source === undefined || fits(built.selector, row.object));
      tables.push({ mapping: target.mapping, table: { ...table, rows } });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      built.errors.push(target.name === undefined ? listError(error, target.mapping, query) : error);
    }
  }
  return tables;
}

/** One object or list as a Table. */
function fetchTable({ session, flags }: Invocation, target: Target, query: Record<string, string>): Json {
  const { mapping, namespace, name } = target;
  const serverPrint = flags.boolean('server-print');
  const parameters = { ...(name === undefined ? query : {}), ...(flags.string('sort-by') && { includeObject: 'Object' }) };
  const accept = serverPrint ? TABLE_ACCEPT : undefined;
  const body: Json =
    name === undefined
      ? session.get(pathOf(mapping, namespace), parameters, accept)
      : readObject(session, target, { query: parameters, accept, subresource: flags.string('subresource') });
  if (body.kind === 'Table') return body;
  return ageTable(name === undefined ? (body.items ?? []) : [body], session.now);
}
