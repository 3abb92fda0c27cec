import type { Trace } from '../../cluster/linux/trace';
import type { LabSnapshot, Localized, Scenario } from '../types';

/** What a lab shows of one thing that the learner did. */
export interface Evidence {
  /** The command line as typed. */
  command: string;
  /** What stood on the screen after it, plain text. */
  output: string;
  /** Its exit status. */
  exit: number;
  /** Where it was typed: `internet` (the laptop), `node:node-1`, `pod:default/client`. */
  place: string;
  /** The file that was applied without a command. */
  applied?: string;
  /** The learner's files by name. */
  files: LabSnapshot['files'];
  /** Connections it opened, oldest first. */
  traces: readonly Trace[];
  before: Seen;
  after: Seen;
  cloud: Scenario['cloud'];
}

/** The part of a snapshot that is looked at. */
export type Seen = Pick<LabSnapshot, 'nodes' | 'services' | 'pods' | 'endpointSlices'>;

/** Says what the learner may have believed and what the evidence shows instead; undefined when the evidence shows no such thing. */
export type Detector = (evidence: Evidence) => Localized | undefined;

/** Something that people believe of Services and that is not so. */
export interface Misconception {
  /** Its anchor on the page of misconceptions. */
  id: string;
  /** What people believe. */
  belief: Localized;
  truth: Localized;
  /** Where the course meets it: a lesson, and a heading there. */
  met: readonly { lesson: string; anchor: string }[];
}
