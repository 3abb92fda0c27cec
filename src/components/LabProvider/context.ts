import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { SavedLab } from '../../lab/log';
import type { Runs } from '../../lab/runs';
import type { Lab, LabSnapshot } from '../../lab/types';
import type { StillScenario } from './scenario';
import type { SafeStorage } from './storage';
import type { Store } from './store';
import type { TerminalFeed } from './terminalFeed';

/** One value that shows up in several widgets, e.g. a node port in the manifest, the table, a rule and a hop. */
export interface Link {
  part: 'port' | 'nodePort' | 'targetPort' | 'clusterIP' | 'externalIP' | 'type' | 'protocol' | 'name';
  value: string;
}

/** A question that a reader predicts the answer of, as its widget was given it. */
interface AskedPrediction {
  question: ReactNode;
  options: readonly { value: string; label: ReactNode }[];
  /** The option that the reader committed to; undefined until then. */
  prediction: string | undefined;
  answer: string | undefined;
  children: ReactNode;
}

/** What the widgets of one lab share besides the cluster. */
export interface PageState {
  /** The trace looked at; undefined: the latest. */
  traceId?: number;
  /** Index in the steps of that trace. */
  step: number;
  /** At most one family of linked marks is lit. */
  link?: Link;
  /** The terminal the learner used last: the one that opens the editor and decides the screen's size. */
  terminal?: string;
  /** How fast the cluster's clock runs beside the reader's; default 1, 0 stands still. */
  speed?: number;
  /** The time whose state the figures show, virtual ms; undefined: now. */
  moment?: number;
  /** The view that the bench shows; undefined: its first. */
  view?: string;
  /** The file that the bench's editor shows; undefined: the first. */
  file?: string;
  /** The part of the bench that a cue in the prose is about while it is pointed at. */
  pointed?: string;
  /** Runs of this lab that are kept beside the one that goes on; undefined until somebody asks for them. */
  runs?: Runs;
  /** The page's predictions by id, for the places that show them again. */
  asked?: Readonly<Record<string, AskedPrediction>>;
  /** Ids of the predictions that are shown again further down, next to what happened. */
  answered?: readonly string[];
  /** Something that the reader did could not be stored, and they have not yet read that it will not last. */
  unkept?: boolean;
  /** The reader has read the notice about what could not be taken up. */
  noticed?: boolean;
}

export interface LabContextValue {
  scenarioName: string;
  /** For the still pictures; undefined when no scenario has that name, or when the page was reached without a reload. */
  scenario: StillScenario | undefined;
  lab: Lab | undefined;
  feed: TerminalFeed | undefined;
  /** The lab was made from a link; the reader's own waits in storage. */
  shared: boolean;
  /** Why the lab could not be loaded. */
  failure: string | undefined;
  /** What an earlier visit left is being taken up, and it takes a while. */
  restoring: boolean;
  /** On wide screens the lab stands beside the prose, and the prose has cues in place of its figures. */
  bench: boolean;
  /** Starts loading the lab; called by the first widget that comes near the viewport. */
  start(): void;
  /** Puts another lab in place of this one: the one given, or the reader's own. */
  open(saved?: SavedLab): void;
  page: Store<PageState>;
  storage: SafeStorage;
}

export const LabContext = createContext<LabContextValue | undefined>(undefined);

export function useLabContext(): LabContextValue {
  const value = useContext(LabContext);
  if (!value) throw new Error('This widget belongs inside <LabProvider scenario="...">.');
  return value;
}

/** The lab, or undefined until it is loaded and on the server. */
function useLab(): Lab | undefined {
  return useLabContext().lab;
}

const never = () => () => undefined;
const nothing = () => undefined;

/** The same function for the same lab: another would be a new subscription at each drawing. */
const useSubscribe = (lab: Lab | undefined) => useMemo(() => (lab ? lab.subscribe.bind(lab) : never), [lab]);

/** The lab's state now; undefined until the lab is loaded and on the server. */
export function useLabSnapshot(): LabSnapshot | undefined {
  const lab = useLab();
  return useSyncExternalStore(useSubscribe(lab), () => lab?.getSnapshot(), nothing);
}

/** One part of the lab's state: the component is drawn again when that part changes, not each second. */
export function useLabPart<Key extends keyof LabSnapshot>(key: Key): LabSnapshot[Key] | undefined {
  const lab = useLab();
  return useSyncExternalStore(useSubscribe(lab), () => lab?.getSnapshot()[key], nothing);
}

/** The same for what is drawn only when the lab is there. */
export function usePartOf<Key extends keyof LabSnapshot>(lab: Lab, key: Key): LabSnapshot[Key] {
  const part = () => lab.getSnapshot()[key];
  return useSyncExternalStore(useSubscribe(lab), part, part);
}

/** One value of the page's state: the component is drawn again when that value changes, not when another does. */
export function usePageState<Key extends keyof PageState>(key: Key): PageState[Key] {
  const { page } = useLabContext();
  const value = () => page.get()[key];
  return useSyncExternalStore(page.subscribe, value, value);
}
