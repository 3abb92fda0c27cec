import { useMemo, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { LabContext, type PageState } from '../LabProvider/context';
import { safeStorage } from '../LabProvider/storage';
import { createStore } from '../LabProvider/store';
import { createTerminalFeed } from '../LabProvider/terminalFeed';
import { fakeScenario } from './fakeLab';

/** Gives widgets a lab that is there at once; without `lab`, the state before it is loaded. */
export function FakeLabProvider({ lab, children }: { lab?: Lab; children: ReactNode }): ReactNode {
  const value = useMemo(
    () => ({
      scenarioName: 'fake',
      scenario: fakeScenario,
      lab,
      feed: lab && createTerminalFeed(lab.terminal),
      shared: false,
      failure: undefined,
      restoring: false,
      bench: false,
      start: () => undefined,
      open: () => undefined,
      page: createStore<PageState>({ step: 0 }),
      storage: safeStorage(),
    }),
    [lab],
  );
  return <LabContext value={value}>{children}</LabContext>;
}
