import type { Cluster } from '../cluster/cluster';
import { iptablesSave } from '../cluster/linux/tools/iptables-save';
import type { Trace } from '../cluster/linux/trace';
import { Files, resolvePath } from '../shell/files';
import type { KeyValueStorage } from '../shell/history';
import { Jobs } from '../shell/jobs';
import { standardPrograms } from '../shell/programs';
import { loadKubectl } from '../shell/programs/loadkubectl';
import { Terminal } from '../shell/session';
import { type RunOptions, Shell } from '../shell/shell';
import type { CommandResult } from '../shell/types';
import type { World } from '../shell/world';
import { fileName, filesOf } from './files';
import { evaluateGoal } from './goals';
import { readPredictions, storePredictions } from './predictions';
import { type ActionInput, parseSavedLab, type SavedLab } from './log';
import { Past, slice, type Stage } from './past';
import { referenceOf } from './reference';
import { checkSavedLab } from './savedlab';
import { startCluster, startingCluster } from './startcluster';
import { type LabState, Timeline } from './timeline';
import type { GoalState, Lab, LabSnapshot, NodeRules, Scenario } from './types';

export interface LabOptions {
  /** Where history and predictions outlive a reload. May throw. */
  storage?: KeyValueStorage;
  /** A lab that somebody shared: it is played instead of the reader's own, which stays in storage as it was. */
  shared?: SavedLab;
}

/** How many connections a lab remembers. */
const traceLimit = 50;
const home = '/home/learner';
/** Resources whose changes a learner can see. */
const shown = ['nodes', 'pods', 'services', 'endpointslices', 'deployments', 'replicasets'];

/** One simulated cluster with its terminal, files, goals and history. */
export function createLab(scenario: Scenario, options: LabOptions = {}): Lab {
  return new ClusterLab(scenario, options);
}

/** How long a page is kept from drawing and listening before the next piece of work, ms. On a phone it is several times that. */
const ATTENTION = 4;

/**
 * The same lab for a page: its cluster starts in pieces. `pause` gives the page a turn; it is asked for one between pieces when they have
 * taken a while.
 */
export async function openLab(scenario: Scenario, options: LabOptions, pause: () => Promise<void>): Promise<Lab> {
  const starting = startingCluster(scenario);
  for (let begun = performance.now(); ;) {
    const { done, value } = starting.next();
    if (!done && performance.now() - begun < ATTENTION) continue;
    await pause();
    if (done) return new ClusterLab(scenario, options, value);
    begun = performance.now();
  }
}

class ClusterLab implements Lab {
  readonly terminal: Terminal;
  private cluster: Cluster;
  private readonly files: Files;
  private readonly jobs: Jobs;
  private readonly listeners = new Set<() => void>();
  private readonly clusterListeners = new Set<() => void>();
  private unsubscribe: () => void;
  private traces: readonly Trace[] = [];
  private predictions: Readonly<Record<string, string>>;
  private editing: string | undefined;
  private snapshot: LabSnapshot | undefined;
  /** Lists and records of the last snapshot, by name. */
  private readonly parts = new Map<string, object>();
  private version = 0;
  private goals: readonly GoalState[] | undefined;
  /** The store was written to since the page last heard of it. */
  private written = false;
  private woken = false;
  private notified = false;
  private readonly world: World;
  private readonly past: Past;
  private readonly timeline = new Timeline(() => this.cluster.now());
  readonly reference = referenceOf(() => this.cluster);
  readonly ready: Promise<void>;

  constructor(
    readonly scenario: Scenario,
    private readonly options: LabOptions,
    started?: Cluster,
  ) {
    this.files = new Files(home, scenario.files);
    this.cluster = started ?? startCluster(scenario);
    this.predictions = readPredictions(options.storage, scenario.name);
    this.jobs = new Jobs(() => this.cluster.now());
    this.world = this.openWorld();
    this.unsubscribe = this.follow(this.cluster);
    this.files.subscribe(() => this.changed());
    this.terminal = new Terminal({
      world: this.world,
      files: this.files,
      programs: standardPrograms,
      jobs: this.jobs,
      openEditor: (path) => this.openEditor(path),
      onTrace: (trace) => this.record(trace),
      onInput: (input) => this.past.note(input),
      deaf: () => this.past.playing,
      storageKey: 'terminal-history',
      ...(scenario.place === undefined ? {} : { place: scenario.place }),
      ...(options.storage === undefined ? {} : { storage: options.storage }),
    });
    this.past = new Past(this.stage(), scenario, options.shared ?? options.storage);
    this.ready = this.past.restore();
  }

  getSnapshot(): LabSnapshot {
    this.snapshot ??= this.makeSnapshot();
    return this.snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  advance(milliseconds: number): void {
    // Loading a program, and what the shell does by itself, take no virtual time.
    if (!this.past.playing && !this.jobs.atWork) this.advanceTo(this.cluster.now() + milliseconds);
  }

  rest(): Promise<void> {
    return this.jobs.rest();
  }

  private advanceTo(target: number): void {
    while (this.cluster.now() < target) {
      const step = this.jobs.waitingForChange ? this.cluster.now() + slice : target;
      const next = Math.min(target, step, Math.max(this.jobs.nextWake ?? target, this.cluster.now()));
      if (next > this.cluster.now()) this.cluster.advanceTo(next);
      this.jobs.noteChange();
      this.jobs.wake();
    }
  }

  apply(file: string): Promise<CommandResult> {
    return this.inOwnShell({ kind: 'apply', file }, (shell, options) =>
      shell.runWords(shell.frame, ['kubectl', 'apply', '-f', file], options),
    );
  }

  runApart(line: string): Promise<CommandResult> {
    return this.inOwnShell({ kind: 'apart', line }, (shell, options) => shell.run(line, options));
  }

  private async inOwnShell(
    action: ActionInput,
    run: (shell: Shell, options: RunOptions) => Promise<number>,
  ): Promise<CommandResult> {
    const ended = this.past.note(action);
    const output = { stdout: '', stderr: '' };
    const shell = new Shell({ world: this.world, files: this.files, programs: standardPrograms, jobs: this.jobs });
    const exit = await run(shell, {
      stdin: '',
      stdout: (text) => (output.stdout += text),
      stderr: (text) => (output.stderr += text),
    });
    ended?.();
    this.changed();
    return { exit, ...output };
  }

  async dryRun(text: string): ReturnType<Lab['dryRun']> {
    const { dryRunManifest } = await import('./dryrun');
    const { api, client } = this.cluster;
    return client.rehearse(() => dryRunManifest({ api, readFile: (path) => this.files.read(path), home }, text));
  }

  writeFile(name: string, text: string): void {
    const path = resolvePath(home, name);
    if (this.files.read(path) === text) return;
    this.past.note({ kind: 'write', name, text });
    const left = this.editing === name ? withoutLeaving(text) : undefined;
    this.files.write(path, left ?? text);
    if (left !== undefined) this.leaveEditor();
  }

  prepare(): void {
    // A failure shows when a command needs it.
    loadKubectl().catch(() => undefined);
  }

  async exportManifests(): Promise<string> {
    const { exportManifests } = await import('./manifests');
    return exportManifests(this.cluster.client);
  }

  closeEditor(): void {
    if (this.editing === undefined) return;
    this.past.note({ kind: 'close' });
    this.leaveEditor();
  }

  connect(request: Parameters<Lab['connect']>[0]): Trace {
    const { trace } = this.cluster.network.connect(request);
    if (!trace) throw new Error('a connection without a trace');
    this.past.note({ kind: 'connect', ...request });
    this.record(trace);
    return trace;
  }

  predict(question: string, answer: string): void {
    this.predictions = { ...this.predictions, [question]: answer };
    storePredictions(this.options.storage, this.scenario.name, this.predictions);
    this.changed();
  }

  reset(): void {
    if (this.past.playing) return;
    this.restart();
    this.past.forget();
  }

  undo(): Promise<void> {
    return this.past.undo();
  }

  redo(): Promise<void> {
    return this.past.redo();
  }

  save(): void {
    this.past.save();
  }

  rewind(time: number): Promise<void> {
    return this.past.rewind(time);
  }

  become(run: SavedLab): Promise<void> {
    return this.past.become(run);
  }

  readable(text: string): SavedLab | undefined {
    return checkSavedLab(parseSavedLab(text), this.scenario).saved;
  }

  twin(run: SavedLab): Lab {
    return new ClusterLab(this.scenario, { shared: run });
  }

  stateAt(time: number): LabState {
    return this.timeline.stateAt(time);
  }

  rulesOf(node: string): NodeRules | undefined {
    const { network } = this.cluster;
    const host = `node:${node}`;
    if (!network.hosts().includes(host)) return undefined;
    const mode = network.proxyModeOf(node);
    return {
      mode,
      text: mode === 'iptables' ? network.tool(host, iptablesSave, ['-c'], '').stdout : network.nftList(host),
    };
  }

  saved(): SavedLab {
    return this.past.saved();
  }

  private restart(): void {
    this.unsubscribe();
    this.editing = undefined;
    this.traces = [];
    this.cluster = startCluster(this.scenario);
    this.unsubscribe = this.follow(this.cluster);
    this.goals = undefined;
    this.files.replace(this.scenario.files);
    this.terminal.reset();
    this.changed();
    this.clusterChanged();
  }

  dispose(): void {
    this.unsubscribe();
    this.terminal.dispose();
    this.listeners.clear();
    this.clusterListeners.clear();
  }

  private stage(): Stage {
    return {
      now: () => this.cluster.now(),
      advanceTo: (time) => this.advanceTo(time),
      restart: () => this.restart(),
      mark: () => {
        const { body } = this.cluster.api.handle({ method: 'GET', path: '/api/v1/namespaces', query: { limit: '1' } });
        return JSON.stringify([body.metadata.resourceVersion, this.traces.at(-1)?.id, this.terminal.place, this.files.version]);
      },
      began: (action) => this.timeline.add({ kind: 'action', action }),
      perform: (action) => {
        if (action.kind === 'write') this.writeFile(action.name, action.text);
        else if (action.kind === 'close') this.closeEditor();
        else if (action.kind === 'apply') void this.apply(action.file);
        else if (action.kind === 'apart') void this.runApart(action.line);
        else if (action.kind === 'connect') this.connect(action);
        else void this.terminal.repeat(action);
      },
      terminal: this.terminal,
      jobs: this.jobs,
      changed: () => {
        this.goals = undefined;
        this.changed();
      },
    };
  }

  /** The cluster as programs see it: it stays the same object when `reset` replaces the cluster behind it. */
  private openWorld(): World {
    const cluster = () => this.cluster;
    return {
      get api() {
        return cluster().api;
      },
      get network() {
        return cluster().network;
      },
      get dns() {
        return cluster().dns;
      },
      container: (namespace, pod, container) => cluster().container(namespace, pod, container),
      endContainer: (...ended) => cluster().endContainer(...ended),
      answer: (result, request) => cluster().answer(result, request),
      now: () => cluster().now(),
      subscribe: (listener) => {
        this.clusterListeners.add(listener);
        return () => this.clusterListeners.delete(listener);
      },
    };
  }

  private leaveEditor(): void {
    this.editing = undefined;
    this.changed();
    this.jobs.noteChange();
    this.jobs.wake();
  }

  private openEditor(path: string): () => boolean {
    const name = fileName(this.files, path);
    if (this.files.read(path) === undefined) this.files.write(path, '');
    this.editing = name;
    this.changed();
    return () => this.editing !== name;
  }

  private record(trace: Trace): void {
    this.traces = [...this.traces, trace].slice(-traceLimit);
    this.timeline.add({ kind: 'packet', trace });
    this.changed();
  }

  /** Ages tick once a second; everything else shows only when something was written. */
  private follow(cluster: Cluster): () => void {
    // before the page hears of a change, the timeline has it
    const stops = [this.timeline.attach(cluster.client)];
    stops.push(...shown.map((resource) => cluster.client.watch(resource, () => (this.written = true))));
    stops.push(cluster.subscribe(() => this.clusterChanged()));
    return () => stops.forEach((stop) => stop());
  }

  private clusterChanged(): void {
    this.jobs.noteChange();
    for (const listener of [...this.clusterListeners]) listener();
    const shownTime = Math.floor((this.snapshot?.time ?? 0) / 1000);
    if (this.written || Math.floor(this.cluster.now() / 1000) !== shownTime) {
      // rules and processes change without a write, and probes meet them
      this.goals = undefined;
      this.changed();
    }
    this.written = false;
    if (this.woken) return;
    // Programs are not resumed inside the cluster's own notification: it may be in the middle of a change.
    this.woken = true;
    queueMicrotask(() => {
      this.woken = false;
      this.jobs.wake();
    });
  }

  private changed(): void {
    if (this.past?.playing && this.snapshot) return;
    this.snapshot = undefined;
    if (this.notified) return;
    this.notified = true;
    queueMicrotask(() => {
      this.notified = false;
      for (const listener of [...this.listeners]) listener();
    });
  }

  /** The list or record, or the one that the last snapshot had when nothing in it is another: then who shows it need not draw again. */
  private same<Value extends object>(name: string, value: Value): Value {
    const before = this.parts.get(name) as Value | undefined;
    const keys = Object.keys(value) as (keyof Value)[];
    if (before && keys.length === Object.keys(before).length && keys.every((key) => value[key] === before[key])) return before;
    this.parts.set(name, value);
    return value;
  }

  private evaluateGoals(): readonly GoalState[] {
    const shownBefore = this.parts.get('goals') as readonly GoalState[] | undefined;
    return this.scenario.goals.map((goal, index) => {
      const before = shownBefore?.[index];
      const state = evaluateGoal(this.world, goal);
      const kept = before?.goal === goal && before.failedCheck === state.failedCheck && !before.trace && !state.trace;
      return kept ? before : state;
    });
  }

  private makeSnapshot(): LabSnapshot {
    const { client } = this.cluster;
    const past = this.past.snapshot();
    this.goals ??= this.same('goals', this.evaluateGoals());
    return Object.freeze({
      version: ++this.version,
      time: this.cluster.now(),
      nodes: this.same('nodes', client.list('nodes')),
      pods: this.same('pods', client.list('pods')),
      services: this.same('services', client.list('services')),
      endpointSlices: this.same('endpointslices', client.list('endpointslices')),
      traces: this.traces,
      goals: this.goals,
      files: this.same('files', filesOf(this.files, this.editing)),
      ...(this.editing === undefined ? {} : { editing: this.editing }),
      predictions: this.predictions,
      ...past,
      actions: this.same('actions', past.actions),
      moments: this.timeline.moments,
    });
  }
}

/** A file's text without the line with which one leaves vi (`:wq` and its like, and Enter); undefined when there is none. */
function withoutLeaving(text: string): string | undefined {
  const without = text.replace(/^ *:(wq|x|q)!? *\n/m, '');
  return without === text ? undefined : without;
}
