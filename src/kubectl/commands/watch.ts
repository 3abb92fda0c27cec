import type { Json } from '../../cluster/apimachinery/object';
import type { WatchEvent } from '../../cluster/apiserver/rest';
import type { Invocation } from '../command';
import { groupVersion, pathOf } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import { ageTable } from '../printers/agetable';
import { goJson } from '../../cluster/apimachinery/gojson';
import { ALL_FORMATS, objectPrinter } from '../printers/objectprinter';
import { TabWriter } from '../printers/tabwriter';
import { listError, listQuery, readObject, type Target, type Targets } from '../resourcebuilder';
import { TABLE_ACCEPT } from '../session';
import type { Suspend } from '../types';
import { nameOf, tablePrinter } from './get';

/** `get -w`: prints what is there, then each change, until interrupted or --request-timeout has passed. */
export function* watchTarget(invocation: Invocation, built: Targets): Generator<Suspend, void, void> {
  const { session, flags } = invocation;
  const [target, ...others] = built.targets;
  if (!target || others.some(({ mapping }) => mapping !== target.mapping))
    throw new KubectlError('you may only specify a single resource type');
  if (others.length > 0) {
    const print = eventPrinter(invocation, target);
    const found = built.targets.map((one) => readObject(session, one, print.tables ? { accept: TABLE_ACCEPT } : {}));
    const shown = print.tables ? [{ ...found[0], rows: found.flatMap((object) => object.rows ?? []) }] : found;
    if (!flags.boolean('watch-only')) for (const object of shown) session.out(print.show({ type: 'ADDED', object }));
    throw new KubectlError('you may only watch a single resource or type of resource at a time');
  }
  const { mapping, namespace, name } = target;
  const print = eventPrinter(invocation, target);
  const query = listQuery(flags);
  if (name !== undefined) query.fieldSelector = `metadata.name=${name}`;
  const accept = print.tables ? TABLE_ACCEPT : undefined;
  let first: Json;
  try {
    first = session.get(pathOf(mapping, namespace, name), name === undefined ? query : undefined, accept);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound' && flags.boolean('ignore-not-found')) return;
    throw name === undefined ? listError(error, mapping, query) : error;
  }
  // the items of a list do not say what they are
  const items = (): Json[] =>
    (first.items ?? []).map((item: Json) => ({ apiVersion: groupVersion(mapping), kind: mapping.kind, ...item }));
  const listed: Json[] = first.kind === 'Table' ? [first] : name === undefined ? items() : [first];
  if (!flags.boolean('watch-only')) {
    for (const object of listed) session.out(print.show({ type: 'ADDED', object }));
  } else if (print.tables) print.learn(first);
  // one object's version may be too old to watch from: it comes as an event, and is not shown again
  const start = { ...query, resourceVersion: name === undefined ? (first.metadata?.resourceVersion ?? '0') : '0' };
  const queue: WatchEvent[] = [];
  const timeout = session.requestTimeout;
  const until = timeout === undefined ? undefined : session.now + timeout;
  const handle = session.watch(pathOf(mapping, namespace), start, accept, (event) => queue.push(event));
  if (name !== undefined) queue.shift();
  try {
    for (;;) {
      for (const event of queue.splice(0)) if (event.type !== 'BOOKMARK') session.out(print.show(event));
      if (until !== undefined && session.now >= until) return;
      yield until === undefined ? {} : { until, change: true };
    }
  } finally {
    handle.stop();
  }
}

interface EventPrinter {
  tables: boolean;
  learn(table: Json): void;
  show(event: { type: string; object: Json }): string;
}

function eventPrinter(invocation: Invocation, target: Target): EventPrinter {
  const { session, flags } = invocation;
  const objects = objectPrinter({
    flags,
    environment: session.environment,
    formats: ALL_FORMATS,
    nameOf: nameOf(session.discovery.mappings),
    noHeaders: flags.boolean('no-headers'),
  });
  const showObject = ({ type, object }: { type: string; object: Json }): string => {
    // a name stays a name; an event is JSON in one line, with all there is
    if (!flags.boolean('output-watch-events') || flags.string('output') === 'name') return objects!(object);
    return flags.string('output') === 'json'
      ? `{"type":${JSON.stringify(type)},"object":${goJson(object, { indent: 0 })}}\n`
      : objects!({ type, object });
  };
  if (objects) return { tables: false, learn: () => {}, show: showObject };
  const writer = new TabWriter({ minWidth: 6, padding: 3, remember: true });
  const { mapping } = target;
  const withNamespace = flags.boolean('all-namespaces') && mapping.namespaced;
  const printer = tablePrinter(invocation, withNamespace, flags.boolean('show-kind') ? mapping : undefined);
  const asTable = (object: Json): Json => (object.kind === 'Table' ? object : ageTable([object], session.now));
  return {
    tables: true,
    learn: (table) => printer.print({ ...table, rows: [] }, writer),
    show: ({ type, object }) => {
      printer.print(asTable(object), writer, type);
      return writer.flush();
    },
  };
}
