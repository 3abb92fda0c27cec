import { startTransition, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { findScenario } from './scenario';
import type { Lab } from '../../lab/types';
import { LabContext, type LabContextValue, type PageState } from './context';
import { safeStorage } from './storage';
import { createStore } from './store';
import { createTerminalFeed, type TerminalFeed } from './terminalFeed';

/** How often virtual time follows real time, ms. */
const TICK = 100;
/** A tab that slept does not catch up in one jump, ms. */
const LONGEST_TICK = 1000;

/** Moves the lab's clock with the real one while the page is visible. */
function useRealTime(lab: Lab | undefined): void {
  useEffect(() => {
    if (!lab) return undefined;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - last;
      last = now;
      if (document.visibilityState === 'visible') lab.advance(Math.min(Math.round(passed), LONGEST_TICK));
    }, TICK);
    return () => clearInterval(timer);
  }, [lab]);
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

interface Loaded {
  lab: Lab;
  feed: TerminalFeed;
}

/** Gives the widgets inside it one shared lab. Until it is loaded, and on the server, they draw still pictures. */
export default function LabProvider({ scenario: name, children }: { scenario: string; children?: ReactNode }): ReactNode {
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<string>();
  const page = useMemo(() => createStore<PageState>({ step: 0 }), []);
  const storage = useMemo(safeStorage, []);
  const asked = useRef<string>(undefined);
  const mounted = useRef(true);
  const current = useRef<Loaded>(undefined);

  const start = useCallback(() => {
    if (asked.current === name) return;
    asked.current = name;
    import('../../lab')
      .then(({ createLab, getScenario }) => {
        if (!mounted.current || asked.current !== name) return;
        const lab = createLab(getScenario(name), { storage });
        const next = { lab, feed: createTerminalFeed(lab.terminal) };
        current.current = next;
        startTransition(() => setLoaded(next));
      })
      .catch((error: unknown) => {
        asked.current = undefined;
        setFailure(error instanceof Error ? error.message : String(error));
      });
  }, [name, storage]);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      asked.current = undefined;
      current.current?.feed.dispose();
      current.current?.lab.dispose();
      current.current = undefined;
      setLoaded(undefined);
    };
  }, [name]);

  useRealTime(loaded?.lab);
  useFollowTraces(loaded?.lab, page);

  const scenario = useMemo(() => findScenario(name), [name]);
  const value = useMemo<LabContextValue>(
    () => ({
      scenarioName: name,
      scenario,
      lab: loaded?.lab,
      feed: loaded?.feed,
      failure,
      start,
      page,
      storage,
    }),
    [name, scenario, loaded, failure, start, page, storage],
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
    </LabContext>
  );
}
