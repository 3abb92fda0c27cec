import type { KubeObject } from '../cluster/apimachinery/object';
import type { Outcome, Trace } from '../cluster/linux/trace';
import type { ProxyMode } from '../cluster/network';
import type { CommandResult, TerminalSession } from '../shell/types';
import type { Action, SavedLab } from './log';
import type { Reference } from './reference';
import type { SavedLabProblem } from './savedlab';
import type { LabState, Moment } from './timeline';

/** Both languages of a text a learner reads. */
export interface Localized {
  ko: string;
  en: string;
}

/** A lab's starting point, as data: used alike by a lesson, its tests, the playground, an embed and the command line. */
export interface Scenario {
  name: string;
  /** Default 1. */
  seed?: number;
  /** Default: node-1..3 with 192.168.0.11-13 and 10.244.1-3.0/24. */
  nodes?: { name: string; internalIP: string; podCIDR: string; zone?: string }[];
  /**
   * `openstack`: LoadBalancer Services get a load balancer of the cloud; `metallb`: an address that one of the nodes answers for;
   * `none`: they stay <pending>.
   */
  cloud: 'openstack' | 'metallb' | 'none';
  /** CoreDNS runs as pods in kube-system, so that look-ups are packets too. Default false: the cluster's DNS answers by itself. */
  addons?: boolean;
  /** How kube-proxy writes its rules. Default `iptables`. */
  proxyMode?: 'iptables' | 'nftables';
  /** Nodes, by name, whose kube-proxy runs in another mode. */
  proxyModes?: Record<string, 'iptables' | 'nftables'>;
  /** ms that kube-proxy lets pass between two writes of its rules, as its minSyncPeriod does. Default 0: rules change with the objects. */
  minSyncPeriod?: number;
  /** ms from SIGTERM to the end of a program that does not put it off. Default: see the kubelet. */
  stopDelay?: number;
  /** YAML applied before the learner arrives (the cluster is then advanced until quiet). */
  manifests: string[];
  /** Files in the learner's home, /home/learner. */
  files: Record<string, string>;
  goals: Goal[];
  /** Where the first terminal starts. Default `internet` (the laptop). */
  place?: string;
}

/** An assertion on the cluster's state and on probes. Any way that reaches it passes. */
export interface Goal {
  id: string;
  title: Localized;
  /** All must hold. */
  checks: Check[];
  /** From a nudge to nearly the answer; none in an exam. */
  hints: [Localized, Localized, Localized] | [];
  /** Command lines that reach the goal from the scenario's start; the tests run them. */
  solution: string[];
  /** Other ways that reach it. */
  alternatives?: string[][];
  /** What people try instead, and which check (by its place in `checks`) tells them what is wrong. */
  mistakes?: { lines: string[]; failedCheck: number }[];
  /** Of a task of an exam. */
  exam?: {
    /** The namespaces it plays in. */
    namespaces: string[];
    /** Where the course deals with it. */
    lesson: Place;
    /** What was wrong and why the solution repairs it. */
    cause: Localized;
  };
}

/** A heading of a lesson. */
export interface Place {
  lesson: string;
  anchor: string;
}

export type Check =
  | {
      kind: 'object';
      resource: string;
      namespace?: string;
      name: string;
      /** Path in the object and what must be there, e.g. ['spec','ports',0,'nodePort'] and 30088; `exists` alone: any value. */
      path: (string | number)[];
      equals?: unknown;
      /** What is described must not be there. */
      absent?: true;
      failure: Localized;
    }
  | {
      kind: 'probe';
      from: string;
      protocol: 'TCP' | 'UDP';
      /**
       * An IPv4 address; a place in an object, e.g. `service:default/test` (its clusterIP) or `ingress:default/test` (its load balancer
       * address); or a name as the pod `from` looks it up, e.g. `name:test.shop`.
       */
      address: string;
      port: number;
      outcome: Outcome;
      /** The pod that answers must see the address of `from`. */
      sourceKept?: true;
      failure: Localized;
    };

export interface GoalState {
  goal: Goal;
  passed: boolean;
  /** The first check that does not hold. */
  failedCheck?: Check;
  /** Of a failed probe: where the packet died. */
  trace?: Trace;
}

/** Changes identity after any change in the lab: made for useSyncExternalStore. */
export interface LabSnapshot {
  /** Counts up. */
  readonly version: number;
  /** Virtual time, ms since the epoch. */
  readonly time: number;
  readonly nodes: readonly KubeObject[];
  readonly pods: readonly KubeObject[];
  readonly services: readonly KubeObject[];
  readonly endpointSlices: readonly KubeObject[];
  /** Connections the learner made, oldest first (at most 50). */
  readonly traces: readonly Trace[];
  readonly goals: readonly GoalState[];
  readonly files: Readonly<Record<string, string>>;
  /** Set when the terminal asked to edit a file (`vi FILE`, kubectl edit). */
  readonly editing?: string;
  /** The learner's predictions by question id. */
  readonly predictions: Readonly<Record<string, string>>;
  /** What the learner did, oldest first. */
  readonly actions: readonly Action[];
  /** What happened since the learner arrived, oldest first (at most 1,000). */
  readonly moments: readonly Moment[];
  /** What `undo` and `redo` are about. */
  readonly undoable?: Action;
  readonly redoable?: Action;
  /** Why what was kept of an earlier visit could not be taken up. */
  readonly problem?: SavedLabProblem;
}

/** Why a document cannot be applied, in the words of the API server or of kubectl. */
export interface DryRunError {
  message: string;
  /** As the API names it: `spec.ports[0].nodePort`. */
  field?: string;
  /** Of a document that is no YAML: the line of the file, from 1. */
  line?: number;
}

/** What would become of one object of a manifest. */
export interface DryRun {
  /** Counts the documents that hold something, from 0; the objects of a list are in the same one. */
  document: number;
  errors: readonly DryRunError[];
  /** undefined: the document names no object that the API knows. */
  target?: { kind: string; namespace?: string; name: string };
  /** The object as it is now, without its status and what the server notes down about it; undefined: there is none. */
  live?: KubeObject;
  /** The object as it would be, likewise; undefined: it is refused. */
  applied?: KubeObject;
  /** Both as kubectl prints them; empty where there is none. Not there when it is refused. */
  yaml?: { live: string; applied: string };
}

/** A node's packet rules as its own program prints them. */
export interface NodeRules {
  /** `iptables`: the text of `iptables-save -c`; `nftables`: of `nft list ruleset`. */
  readonly mode: ProxyMode;
  readonly text: string;
}

/** One simulated cluster with its terminal, files, goals and history. Knows neither React nor the DOM. */
export interface Lab {
  readonly scenario: Scenario;
  readonly terminal: TerminalSession;
  getSnapshot(): LabSnapshot;
  subscribe(listener: () => void): () => void;
  /** Moves virtual time; the page calls it from a real timer, tests directly. */
  advance(milliseconds: number): void;
  /** Resolves when no program is being loaded and no shell works by itself: what they do takes no virtual time. */
  rest(): Promise<void>;
  /** Fetches ahead what commands in the terminal will need. */
  prepare(): void;
  /** Applies manifest text the way `kubectl apply -f FILE` does; what it printed, and the API's own errors. */
  apply(file: string): Promise<CommandResult>;
  /** Runs a command line in a shell of its own on the laptop, whatever the terminal is doing and wherever it is. */
  runApart(line: string): Promise<CommandResult>;
  /** What applying manifest text would do, without storing anything: each document that holds something, in order. */
  dryRun(text: string): Promise<readonly DryRun[]>;
  /** For whoever writes a manifest. */
  readonly reference: Reference;
  writeFile(name: string, text: string): void;
  /** What the learner made, as one manifest that could be applied elsewhere: without status and what the server filled in by itself. */
  exportManifests(): Promise<string>;
  closeEditor(): void;
  /** Opens a connection outside the terminal (a click on the map) and records its trace. `idle`: nobody asked for it, so undo passes over it. */
  connect(request: { from: string; protocol: 'TCP' | 'UDP'; address: string; port: number; idle?: true }): Trace;
  predict(question: string, answer: string): void;
  /** Resolves when what was kept of an earlier visit has been taken up. */
  readonly ready: Promise<void>;
  /** Back to the scenario's start. Predictions stay. */
  reset(): void;
  /** Back to just before the learner's last step; a command that only looked is no step. */
  undo(): Promise<void>;
  /** Does again what `undo` took back. */
  redo(): Promise<void>;
  /** Goes back to a time (virtual ms since the epoch) and goes on from there; `redo` does again what came later. */
  rewind(time: number): Promise<void>;
  /** Takes up another run of this scenario in place of this one, which is lost unless its `saved` is kept. */
  become(run: SavedLab): Promise<void>;
  /** Reads a run of this scenario; undefined when the text is anything else, or of another version of the scenario. */
  readable(text: string): SavedLab | undefined;
  /** A second lab in which another run of this scenario is done again, there when it is `ready`. It keeps nothing in storage. */
  twin(run: SavedLab): Lab;
  /** The cluster as it was at a time, for looking. */
  stateAt(time: number): LabState;
  /** What kube-proxy and others have written on a node now; undefined when no such node runs. */
  rulesOf(node: string): NodeRules | undefined;
  /** Keeps the lab in storage as it is now; it keeps itself after each action. */
  save(): void;
  /** The lab as data: what a share link carries. */
  saved(): SavedLab;
  dispose(): void;
}
