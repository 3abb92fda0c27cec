import type { KeyValueStorage } from '../shell/history';
import type { SavedLab } from './log';
import { readItem, setAside, writeItem } from './storage';
import type { Lab } from './types';

/** A way that the lab of a scenario went, kept under a name beside the one that goes on. */
export interface Run {
  readonly name: string;
  readonly saved: SavedLab;
}

/** What is kept of a scenario's runs. */
export interface Runs {
  /** The name of the run that goes on. */
  readonly current: string;
  readonly others: readonly Run[];
  /** Runs were kept by an earlier visit that cannot be taken up: they are set aside in storage. */
  readonly lost?: true;
}

/** More are not kept. */
const mostRuns = 8;
const longestName = 60;
/** Characters; more is refused on the way in. */
const longest = 2 * 1024 * 1024;

const key = (scenario: string) => `runs:${scenario}`;
const asideKey = (scenario: string) => `runs-set-aside:${scenario}`;

/** What storage has for this scenario. `first`: how a run is called that nobody has named. */
export function readRuns(storage: KeyValueStorage | undefined, lab: Pick<Lab, 'scenario' | 'readable'>, first: string): Runs {
  const { name } = lab.scenario;
  const none: Runs = { current: first, others: [] };
  const text = readItem(storage, key(name));
  if (text === null) return none;
  const found = parse(text, lab);
  const others = found?.others ?? [];
  if (found && others.length === found.count) return { current: found.current, others };
  setAside(storage, key(name), asideKey(name), text);
  const current = found?.current ?? first;
  storeRuns(storage, name, { current, others });
  return { current, others, lost: true };
}

export function storeRuns(storage: KeyValueStorage | undefined, scenario: string, { current, others }: Runs): void {
  if (others.length === 0 && readItem(storage, key(scenario)) === null) return;
  writeItem(storage, key(scenario), JSON.stringify({ version: 1, current, others }));
}

/** Undefined when it is nothing that `storeRuns` wrote. `count`: how many runs were in it, readable or not. */
function parse(text: string, lab: Pick<Lab, 'readable'>): { current: string; others: Run[]; count: number } | undefined {
  if (text.length > longest) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.version !== 1 || !isName(value.current) || !Array.isArray(value.others)) return undefined;
  const others = value.others.slice(0, mostRuns).flatMap((one: unknown): Run[] => {
    if (!isRecord(one) || !isName(one.name)) return [];
    const saved = lab.readable(JSON.stringify(one.saved) ?? '');
    return saved ? [{ name: one.name, saved }] : [];
  });
  return { current: value.current, others, count: value.others.length };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= longestName;

/** A name that no run has yet: `name` itself, or with a number. */
export function freeName({ current, others }: Runs, name: string): string {
  const taken = new Set([current, ...others.map((run) => run.name)]);
  const short = name.slice(0, longestName - 4);
  for (let number = 1; ; number++) {
    const one = number === 1 ? short : `${short} (${number})`;
    if (!taken.has(one)) return one;
  }
}

/** With one more run; the oldest goes when there are too many. */
export function withRun(runs: Runs, run: Run): Runs {
  return { ...runs, others: [...runs.others, run].slice(-mostRuns) };
}
