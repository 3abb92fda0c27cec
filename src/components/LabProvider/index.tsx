import { lazy, startTransition, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { findScenario } from './scenario';
import type { SavedLab } from '../../lab/log';
import type { Lab } from '../../lab/types';
import { LabContext, type LabContextValue, type PageState } from './context';
import { loadDefinitions } from './definitions';
import { nextTask } from './nextTask';
import { safeStorage } from './storage';
import { createStore } from './store';
import { createTerminalFeed, type TerminalFeed } from './terminalFeed';
import { useSharedLink } from './useSharedLink';

const SharedLabOffer = lazy(() => import('../ShareDialog/SharedLabOffer'));

/** How often virtual time follows real time, ms. */
const TICK = 100;
/** A tab that slept does not catch up in one jump, ms. */
const LONGEST_TICK = 1000;
/** Taking up an earlier visit is worth a word only when it takes longer, ms. */
const UNNOTICED = 250;

/** Moves the lab's clock with the real one while the page is visible. */
function useRealTime(lab: Lab | undefined, page: LabContextValue['page']): void {
  useEffect(() => {
    if (!lab) return undefined;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - last;
      last = now;
      const { speed = 1 } = page.get();
      if (document.visibilityState === 'visible' && speed > 0) lab.advance(speed * Math.min(Math.round(passed), LONGEST_TICK));
    }, TICK);
    return () => clearInterval(timer);
  }, [lab, page]);
}

/** Whoever does something is back in the present. */
function useBackToNow(lab: Lab | undefined, page: LabContextValue['page']): void {
  useEffect(() => {
    if (!lab) return undefined;
    let seen = lab.getSnapshot().actions.length;
    return lab.subscribe(() => {
      const { length } = lab.getSnapshot().actions;
      if (length !== seen) page.set({ moment: undefined });
      seen = length;
    });
  }, [lab, page]);
}

/** A new connection is looked at from its first step. */
function useFollowTraces(lab: Lab | undefined, page: LabContextValue['page']): void {
  useEffect(() => {
    if (!lab) return undefined;
    let seen = lab.getSnapshot().traces.at(-1)?.id;
    return lab.subscribe(() => {
      const latest = lab.getSnapshot().traces.at(-1)?.id;
      if (latest === seen) return;
      seen = latest;
      page.set({ traceId: undefined, step: 0 });
    });
  }, [lab, page]);
}

/** A lab keeps itself after each action; the time that has passed since is kept when the page is left. */
function useSaveOnLeave(lab: Lab | undefined): void {
  useEffect(() => {
    if (!lab) return undefined;
    const save = () => {
      if (document.visibilityState === 'hidden') lab.save();
    };
    const leave = () => lab.save();
    document.addEventListener('visibilitychange', save);
    window.addEventListener('pagehide', leave);
    return () => {
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('pagehide', leave);
    };
  }, [lab]);
}

interface Loaded {
  lab: Lab;
  feed: TerminalFeed;
  /** Made from a link: the reader's own lab waits in storage. */
  shared: boolean;
}

interface LabProviderProps {
  scenario: string;
  /** The page has a bench beside the prose on wide screens. */
  bench?: boolean;
  children?: ReactNode;
}

/** Gives the widgets inside it one shared lab. Until it is loaded, and on the server, they draw still pictures. */
export default function LabProvider({ scenario: name, bench = false, children }: LabProviderProps): ReactNode {
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<string>();
  const [restoring, setRestoring] = useState(false);
  const page = useMemo(() => createStore<PageState>({ step: 0 }), []);
  // A frame's page is not where somebody keeps their work.
  const storage = useMemo(() => safeStorage(() => window.parent === window && page.set({ unkept: true })), [page]);
  /** Counts the labs that were asked for: only the latest may appear. */
  const asked = useRef(0);
  const current = useRef<Loaded>(undefined);

  const close = useCallback(() => {
    asked.current++;
    current.current?.lab.save();
    current.current?.feed.dispose();
    current.current?.lab.dispose();
    current.current = undefined;
    setLoaded(undefined);
    setRestoring(false);
  }, []);

  const open = useCallback(
    (saved?: SavedLab) => {
      close();
      page.set({ traceId: undefined, step: 0, link: undefined, runs: undefined });
      const mine = asked.current;
      import('../../lab')
        .then(async ({ openLab, loadScenario, loadDefinitionsWith }) => {
          const start = await loadScenario(name);
          // Reading the program was work enough for one task.
          await nextTask();
          if (mine !== asked.current) return;
          loadDefinitionsWith(loadDefinitions);
          const lab = await openLab(start, { storage, ...(saved && { shared: saved }) }, nextTask);
          if (mine !== asked.current) {
            lab.dispose();
            return;
          }
          const next = { lab, feed: createTerminalFeed(lab.terminal), shared: saved !== undefined };
          current.current = next;
          const slow = setTimeout(() => setRestoring(true), UNNOTICED);
          // What could not be done again is missing, the rest is there: better than no lab at all.
          await lab.ready.catch(() => undefined);
          clearTimeout(slow);
          if (mine !== asked.current) return;
          setRestoring(false);
          setFailure(undefined);
          startTransition(() => setLoaded(next));
        })
        .catch((error: unknown) => {
          if (mine !== asked.current) return;
          asked.current = 0;
          setFailure(error instanceof Error ? error.message : String(error));
        });
    },
    [name, storage, page, close],
  );
  const start = useCallback(() => {
    if (asked.current === 0) open();
  }, [open]);

  useEffect(
    () => () => {
      close();
      asked.current = 0;
    },
    [name, close],
  );

  useRealTime(loaded?.lab, page);
  useBackToNow(loaded?.lab, page);
  useFollowTraces(loaded?.lab, page);
  useSaveOnLeave(loaded?.lab);
  const [link, forgetLink] = useSharedLink();

  const scenario = useMemo(() => findScenario(name), [name]);
  const value = useMemo<LabContextValue>(
    () => ({
      scenarioName: name,
      scenario,
      lab: loaded?.lab,
      feed: loaded?.feed,
      shared: loaded?.shared ?? false,
      failure,
      restoring,
      bench,
      start,
      open,
      page,
      storage,
    }),
    [name, scenario, loaded, failure, restoring, bench, start, open, page, storage],
  );
  return (
    <LabContext value={value}>
      {scenario && (
        // Data, not a program: read back by scenarioInPage.ts before the page comes alive.
        <script
          type="application/json"
          data-scenario={name}
          dangerouslySetInnerHTML={{ __html: JSON.stringify(scenario).replaceAll('<', '\\u003c') }}
        />
      )}
      {children}
      {link !== undefined && (
        <Suspense fallback={null}>
          <SharedLabOffer text={link} onDone={forgetLink} />
        </Suspense>
      )}
    </LabContext>
  );
}
