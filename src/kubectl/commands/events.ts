import { parseTime } from '../../cluster/apimachinery/time';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
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
    flag('watch', 'bool', 'Then watch for more.', { short: 'w', support: 'not simulated' }),
  ],
  *run({ session, flags }): Generator<Suspend, void, void> {
    const types = flags.list('types').map((type) => type.toLowerCase());
    const unknown = types.find((type) => type !== 'normal' && type !== 'warning');
    if (unknown !== undefined) throw new KubectlError('valid --types are Normal or Warning');
    const everywhere = flags.boolean('all-namespaces');
    const mapping = session.discovery.find('events.v1.');
    const all: Json[] = session.get(pathOf(mapping, everywhere ? undefined : session.namespace)).items ?? [];
    const about = flags.string('for') ? aboutObject(session, flags.string('for')) : undefined;
    const found = all
      .filter((event) => types.length === 0 || types.includes(event.type.toLowerCase()))
      .filter(({ involvedObject }) => !about || (involvedObject.kind === about.kind && involvedObject.name === about.name));
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
          items: found.map((event) => ({
            kind: 'Event',
            apiVersion: 'v1',
            ...event,
            involvedObject: inGoOrder(event.involvedObject),
          })),
        }),
      );
      return;
    }
    const writer = new TabWriter({ minWidth: 6, padding: 3 });
    const place = everywhere ? ['NAMESPACE'] : [];
    if (!flags.boolean('no-headers'))
      writer.write(`${[...place, 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'].join('\t')}\n`);
    for (const event of found) {
      const where = everywhere ? [event.metadata.namespace] : [];
      const object = `${event.involvedObject.kind}/${event.involvedObject.name}`;
      writer.write(
        `${[...where, interval(event, session.now), event.type, event.reason, object, String(event.message).trim()].join('\t')}\n`,
      );
    }
    session.out(writer.flush());
  },
};

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
    const { kind } = session.discovery.find(type);
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
