import type { Machine } from '../machines';
import { bashCommands } from '../shell';
import { absentPrograms } from './absent';
import { standardPrograms } from './index';

/** Where a program is: the learner's own machines, nodes, or containers whose image has that system. */
export type ProgramPlace = 'laptop' | 'node' | 'busybox' | 'debian' | 'bind';

export interface ProgramSupport {
  name: string;
  places: ProgramPlace[];
  /** What a program says that is not there: what to use instead. */
  instead?: string;
}

const machines: Record<ProgramPlace, Pick<Machine, 'kind' | 'image'>> = {
  laptop: { kind: 'laptop' },
  node: { kind: 'node' },
  busybox: { kind: 'pod', image: { reference: 'busybox', userland: 'busybox' } },
  debian: { kind: 'pod', image: { reference: 'debian', userland: 'debian' } },
  bind: { kind: 'pod', image: { reference: 'dnsutils', userland: 'bind' } },
};

/** Every program of the terminals, in alphabetical order; data for a page that tells what the simulator does. */
export function programSupport(): ProgramSupport[] {
  const places = new Map<string, ProgramPlace[]>();
  for (const place of Object.keys(machines) as ProgramPlace[])
    for (const name of standardPrograms(machines[place] as Machine).keys())
      places.set(name, [...(places.get(name) ?? []), place]);
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, where]) =>
      absentPrograms[name] === undefined ? { name, places: where } : { name, places: [], instead: absentPrograms[name] },
    );
}

/** Text tools that every shell has besides. */
export function textTools(): string[] {
  return [...bashCommands].sort();
}
