import { parseTime } from '../../cluster/apimachinery/time';
import type { Json } from '../../cluster/apimachinery/object';
import type { WatchEvent } from '../../cluster/apiserver/rest';
import type { Command, Invocation } from '../command';
import { allNamespacesFlag, outputFlags } from '../commonflags';
import { pathOf } from '../discovery';
import { interval } from '../describers/events';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { goSort } from '../printers/gosort';
import { FORMATS, objectPrinter } from '../printers/objectprinter';
import { TabWriter } from '../printers/tabwriter';
import type { Suspend } from '../types';
import { nameOf } from './get';
import type { Session } from '../session';

export const events: Command = {
  name: 'events',
  interruptExit: 1,
  short: 'List events',
  use: `[(-o|--output=)${FORMATS.join('|')}] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]`,
  examples: ['kubectl events', 'kubectl events --for pod/web-0', 'kubectl events --types=Warning'],
  flags: [
    allNamespacesFlag,
    flag('chunk-size', 'int', 'Lists are fetched in chunks of this size.', { default: '500', support: 'ignored' }),
    flag('for', 'string', 'Only about this object: TYPE/NAME.'),
    flag('no-headers', 'bool', 'No line with the names of columns.'),
    ...outputFlags,
    flag('types', 'list', 'Only of these types.'),
    flag('watch', 'bool', 'Then watch for more.', { short: 'w' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags } = invocation;
    const types = flags.list('types').map((type) => type.toLowerCase());
    const unknown = types.find((type) => type !== 'normal' && type !== 'warning');
    if (unknown !== undefined) throw new KubectlError('valid --types are Normal or Warning');
    const everywhere = flags.boolean('all-namespaces');
    const mapping = session.discovery.find('events.v1.');
    const path = pathOf(mapping, everywhere ? undefined : session.namespace);
    const about = flags.string('for') ? aboutObject(session, flags.string('for')) : undefined;
    const wanted = ({ type, involvedObject }: Json) =>
      (types.length === 0 || types.includes(type.toLowerCase())) &&
      (!about || (involvedObject.kind === about.kind && involvedObject.name === about.name));
    if (flags.boolean('watch')) return yield* follow(invocation, path, wanted);
    const found = ((session.get(path).items ?? []) as Json[]).filter(wanted);
    goSort(found, (a, b) => lastSeen(a) < lastSeen(b));
    const printer = objectPrinter({
      flags,
      environment: session.environment,
      nameOf: nameOf(session.discovery.mappings),
      typed: true,
    });
    if (found.length === 0) {
      session.err(everywhere ? 'No events found.\n' : `No events found in ${session.namespace} namespace.\n`);
      return;
    }
    // upstream's printer of names refuses typed lists, and nobody looks at what a printer says
    if (flags.string('output') === 'name') return;
    if (printer) {
      session.out(
        printer({
          kind: 'EventList',
          apiVersion: 'v1',
          metadata: {},
          items: found.map(asTyped),
        }),
      );
      return;
    }
    const writer = new TabWriter({ minWidth: 6, padding: 3 });
    if (!flags.boolean('no-headers')) writer.write(headings(everywhere));
    for (const event of found) writer.write(row(event, everywhere, session.now));
    session.out(writer.flush());
  },
};

/** --watch: what is there, then what comes, each in columns of its own. Upstream: EventsOptions.runWatch. */
function* follow({ session, flags }: Invocation, path: string, wanted: (event: Json) => boolean): Generator<Suspend, void, void> {
  const everywhere = flags.boolean('all-namespaces');
  const name = nameOf(session.discovery.mappings);
  const printer = objectPrinter({ flags, environment: session.environment, nameOf: name, typed: true });
  const writer = new TabWriter({ minWidth: 6, padding: 3, remember: true });
  const queue: WatchEvent[] = [];
  const timeout = session.requestTimeout;
  const until = timeout === undefined ? undefined : session.now + timeout;
  const handle = session.watch(path, {}, undefined, (event) => queue.push(event));
  let headed = flags.boolean('no-headers');
  try {
    for (;;) {
      for (const { type, object } of queue.splice(0)) {
        if ((type !== 'ADDED' && type !== 'MODIFIED') || !wanted(object)) continue;
        if (printer) {
          session.out(printer(asTyped(object)));
          continue;
        }
        if (!headed) writer.write(headings(everywhere));
        headed = true;
        writer.write(row(object, everywhere, session.now));
        session.out(writer.flush());
      }
      if (until !== undefined && session.now >= until) return;
      yield until === undefined ? {} : { until, change: true };
    }
  } finally {
    handle.stop();
  }
}

const headings = (everywhere: boolean) =>
  `${[...(everywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'].join('\t')}\n`;

function row(event: Json, everywhere: boolean, now: number): string {
  const { metadata, type, reason, involvedObject, message } = event;
  const place = everywhere ? [metadata.namespace] : [];
  const object = `${involvedObject.kind}/${involvedObject.name}`;
  return `${[...place, interval(event, now), type, reason, object, String(message).trim()].join('\t')}\n`;
}

const asTyped = (event: Json): Json => ({
  kind: 'Event',
  apiVersion: 'v1',
  ...event,
  involvedObject: inGoOrder(event.involvedObject),
});

function lastSeen(event: Json): number {
  const time = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  return time ? parseTime(time) : 0;
}

/** What --for names; undefined without a name. @throws KubectlError */
function aboutObject(session: Session, argument: string): { kind: string; name: string } | undefined {
  const [type = '', name, ...more] = argument.split('/');
  if (name === undefined) throw new KubectlError('--for must be in resource/name form');
  if (more.length > 0) throw new KubectlError('arguments in resource/name form may not have more than one slash');
  try {
    const { kind } = session.find(type);
    return name === '' ? undefined : { kind, name };
  } catch (error) {
    if (error instanceof KubectlError) throw new KubectlError(error.message, { ...error.options, verbatim: true });
    throw error;
  }
}

/** Upstream: the fields of ObjectReference. */
function inGoOrder(reference: Json): Json {
  const names = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];
  return Object.fromEntries(names.filter((name) => reference[name] !== undefined).map((name) => [name, reference[name]]));
}
