import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { TerminalInput } from '../shell/session';
import type { Scenario } from './types';

/** One thing a learner did. The cluster is deterministic, so a scenario and a list of these is a whole lab. */
export type Action = {
  /** ms of virtual time since the learner arrived. */
  at: number;
  /** Nothing changed by it, or a figure did it by itself: undo passes over it. */
  idle?: true;
} & (
  | TerminalInput
  | { kind: 'write'; name: string; text: string }
  | { kind: 'close' }
  | { kind: 'apply'; file: string }
  | { kind: 'apart'; line: string }
  | { kind: 'connect'; from: string; protocol: 'TCP' | 'UDP'; address: string; port: number }
);

/** An action that is only about to happen. */
export type ActionInput = Action extends infer One ? (One extends Action ? Omit<One, 'at'> : never) : never;

/** What a lab keeps of itself, in storage and in a link. */
export interface SavedLab {
  version: 1;
  /** Name and digest of the scenario that the actions start from. */
  scenario: string;
  digest: string;
  /** Virtual time reached, ms since the learner arrived. */
  time: number;
  actions: Action[];
}

/** More than this is refused on the way in. */
export const savedLabLimits = { actions: 1000, bytes: 256 * 1024 };

/** What the learner did so far, with a cursor for undo and redo. */
export class ActionLog {
  private done: Action[] = [];
  private undone: Action[][] = [];

  get actions(): readonly Action[] {
    return this.done;
  }

  /** The action that `undo` takes back. */
  get undoable(): Action | undefined {
    return this.done.findLast(isStep);
  }

  /** The action that `redo` does again. */
  get redoable(): Action | undefined {
    return this.undone.at(-1)?.[0];
  }

  /** Adds an action; what was undone cannot be redone after it. Edits of one file in a row are one action. */
  add(action: Action): void {
    this.undone = [];
    const last = this.done.at(-1);
    if (action.kind === 'write' && last?.kind === 'write' && last.name === action.name) this.done.pop();
    this.done.push(action);
  }

  /** Takes back the last step and what was only looked at after it. Returns what is left. */
  undo(): readonly Action[] {
    const index = this.done.findLastIndex(isStep);
    if (index >= 0) this.undone.push(this.done.splice(index));
    return this.done;
  }

  /** Takes back everything after a time (virtual ms since arrival). Returns what is left. */
  cut(time: number): readonly Action[] {
    const index = this.done.findIndex((action) => action.at > time);
    if (index >= 0) this.undone.push(this.done.splice(index));
    return this.done;
  }

  /** Returns what is to be done again, beginning at `now` (virtual ms since arrival) or later. */
  redo(now: number): readonly Action[] {
    const undone = this.undone.pop() ?? [];
    const late = Math.max(0, now - (undone[0]?.at ?? now));
    const again = undone.map((action) => ({ ...action, at: action.at + late }));
    this.done.push(...again);
    return again;
  }

  replace(actions: readonly Action[]): void {
    this.done = [...actions];
    this.undone = [];
  }
}

const isStep = (action: Action): boolean => !action.idle && action.kind !== 'interrupt' && action.kind !== 'end';

/** Tells one version of a scenario from another: actions recorded on one need not work on the other. */
export function digestOf(scenario: Scenario): string {
  const { goals: _goals, ...start } = scenario;
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(start)))).slice(0, 16);
}

/** Reads what `JSON.stringify` made of a SavedLab; undefined when it is anything else, or too large. */
export function parseSavedLab(text: string): SavedLab | undefined {
  if (text.length > savedLabLimits.bytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.version !== 1 || !isTime(value.time)) return undefined;
  const { scenario, digest, time, actions } = value;
  if (typeof scenario !== 'string' || typeof digest !== 'string' || !Array.isArray(actions)) return undefined;
  if (actions.length > savedLabLimits.actions || !actions.every(isAction)) return undefined;
  if (actions.some((action, index) => action.at > (actions[index + 1]?.at ?? time))) return undefined;
  return { version: 1, scenario, digest, time, actions };
}

/** Ten years: what a cluster's clock may have run while a page was open. */
const longest = 10 * 365 * 24 * 3600 * 1000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= longest;

/** The fields beside `kind` that each kind of action must have, all of them texts. */
const fields: Record<Action['kind'], readonly string[]> = {
  run: ['line'],
  typed: ['line'],
  interrupt: [],
  end: [],
  write: ['name', 'text'],
  close: [],
  apply: ['file'],
  apart: ['line'],
  connect: ['from', 'address'],
};

function isAction(value: unknown): value is Action {
  if (!isRecord(value) || !isTime(value.at) || typeof value.kind !== 'string' || !Object.hasOwn(fields, value.kind)) return false;
  if (value.idle !== undefined && value.idle !== true) return false;
  const kind = value.kind as Action['kind'];
  if (kind === 'connect' && (!['TCP', 'UDP'].includes(value.protocol as string) || !isPort(value.port))) return false;
  return fields[kind].every((field) => typeof value[field] === 'string');
}

const isPort = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0 && (value as number) < 65536;
