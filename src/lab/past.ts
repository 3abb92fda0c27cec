import type { KeyValueStorage } from '../shell/history';
import type { Jobs } from '../shell/jobs';
import { type Action, type ActionInput, ActionLog, digestOf, type SavedLab } from './log';
import { checkSavedLab, readSavedLab, type SavedLabProblem, storeSavedLab } from './savedlab';
import type { LabSnapshot, Scenario } from './types';

/** What a lab lets its past do with it. */
export interface Stage {
  readonly terminal: { readonly busy: boolean };
  readonly jobs: Jobs;
  /** Virtual ms. */
  now(): number;
  advanceTo(time: number): void;
  /** Back to the scenario's start. */
  restart(): void;
  perform(action: Action): void;
  /** An action begins, for the first time or again. */
  began(action: Action): void;
  /** Changes when anything does that a learner can change. */
  mark(): string;
  changed(): void;
}

/** How many turns or slices of time a repeated command may take before the next one. */
const patience = 3000;
/** Programs that wait for a change are looked at this often while time passes, ms. */
export const slice = 100;
/** Command lines that are only for looking unless they change something. */
const looking = /^\s*(kubectl|k|ls|cat|history|help|clear|pwd|echo)\b/;

/** Remembers what a learner does in a lab, and does it again: after a reload, and for undo and redo. */
export class Past {
  private readonly log = new ActionLog();
  private readonly arrival: number;
  private problem: SavedLabProblem | undefined;
  private replaying = false;

  constructor(
    private readonly stage: Stage,
    private readonly scenario: Scenario,
    /** Where to begin and what to keep up to date, or a shared lab to begin with. */
    private readonly origin: KeyValueStorage | SavedLab | undefined,
  ) {
    this.arrival = stage.now();
  }

  /** Earlier actions are being done again: nobody is told, and neither keys nor the page's clock count. */
  get playing(): boolean {
    return this.replaying;
  }

  snapshot(): Pick<LabSnapshot, 'actions' | 'undoable' | 'redoable' | 'problem'> {
    const { actions, undoable, redoable } = this.log;
    return {
      actions: [...actions],
      ...(undoable && { undoable }),
      ...(redoable && { redoable }),
      ...(this.problem && { problem: this.problem }),
    };
  }

  /** Takes up what storage kept, or what was shared. */
  async restore(): Promise<void> {
    const { origin, scenario } = this;
    const { saved, problem } = isShared(origin) ? checkSavedLab(origin, scenario) : readSavedLab(origin, scenario);
    this.problem = problem;
    if (problem) this.save();
    if (!saved) return;
    this.log.replace(saved.actions);
    await this.play(saved.actions, saved.time);
  }

  /** Remembers an action as it begins; the function returned is to be called when it has ended. */
  note(input: ActionInput): (() => void) | undefined {
    if (this.replaying) return undefined;
    const action: Action = { at: this.time, ...input };
    this.log.add(action);
    this.stage.began(action);
    this.save();
    this.stage.changed();
    const before = this.stage.mark();
    return () => {
      if (action.kind !== 'run' || !looking.test(action.line) || this.stage.mark() !== before) return;
      action.idle = true;
      this.save();
      this.stage.changed();
    };
  }

  async undo(): Promise<void> {
    const target = this.log.undoable;
    if (this.replaying || !target) return;
    const rest = this.log.undo();
    this.replaying = true;
    this.stage.restart();
    await this.play(rest, target.at);
  }

  async redo(): Promise<void> {
    if (this.replaying || !this.log.redoable) return;
    const again = this.log.redo(this.time);
    await this.play(again, again.at(-1)?.at ?? this.time);
  }

  /** Goes back to a time (virtual ms); what was done later can be redone. */
  async rewind(time: number): Promise<void> {
    if (this.replaying || time >= this.stage.now()) return;
    const until = Math.max(0, time - this.arrival);
    const rest = this.log.cut(until);
    this.replaying = true;
    this.stage.restart();
    await this.play(rest, until);
  }

  /** Does what another run of this scenario did, from the start; what was done here is forgotten. */
  async become({ actions, time }: SavedLab): Promise<void> {
    if (this.replaying) return;
    this.log.replace(actions);
    this.replaying = true;
    this.stage.restart();
    await this.play(actions, time);
  }

  forget(): void {
    this.log.replace([]);
    this.problem = undefined;
    this.save();
  }

  save(): void {
    if (!this.replaying && !isShared(this.origin)) storeSavedLab(this.origin, this.saved());
  }

  saved(): SavedLab {
    const { name } = this.scenario;
    return { version: 1, scenario: name, digest: digestOf(this.scenario), time: this.time, actions: [...this.log.actions] };
  }

  /** Virtual ms since the learner arrived. */
  private get time(): number {
    return this.stage.now() - this.arrival;
  }

  /** Does earlier actions again, each at its time, and goes on to `until` (virtual ms since arrival). */
  private async play(actions: readonly Action[], until: number): Promise<void> {
    const { stage } = this;
    this.replaying = true;
    try {
      for (const action of actions) {
        await this.passTo(action.at);
        if (action.kind === 'run') for (let i = 0; i < patience && stage.terminal.busy; i++) await this.passTo(this.time + slice);
        stage.began(action);
        stage.perform(action);
      }
      await this.passTo(until);
    } finally {
      this.replaying = false;
      stage.changed();
      this.save();
    }
  }

  /** Lets virtual time pass, and the promises that programs wait for settle on the way. */
  private async passTo(time: number): Promise<void> {
    const { jobs } = this.stage;
    for (;;) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      for (let turn = 0; turn < patience && jobs.atWork; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
      if (this.time >= time) return;
      this.stage.advanceTo(this.arrival + (jobs.size === 0 ? time : Math.min(time, this.time + slice)));
    }
  }
}

const isShared = (origin: KeyValueStorage | SavedLab | undefined): origin is SavedLab =>
  origin !== undefined && 'actions' in origin;
