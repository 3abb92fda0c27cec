import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import Happened from '../Happened';
import { LabMenu, LabStatus } from '../LabBar';
import { Undo } from '../LabBar/Undo';
import { useLabContext, usePageState } from '../LabProvider/context';
import TerminalFigure from '../Terminal/TerminalFigure';
import styles from './bench.module.css';
import { Splitter } from './Splitter';
import { useShare } from './useShare';
import { views } from './views';

/** The lab beside the prose, on wide screens only (src/css/bench.css): one view above, the terminal below, always in sight. */
export default function Bench(): ReactNode {
  const { page } = useLabContext();
  const shown = usePageState('view');
  const pointed = usePageState('pointed');
  const id = useId();
  const panes = useRef<HTMLDivElement>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const [share, setShare] = useShare();
  const current = views.find((view) => view.id === shown) ?? views[0]!;
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set([views[0]!.id]));
  if (!opened.has(current.id)) setOpened(new Set([...opened, current.id]));

  const onKeyDown = (event: KeyboardEvent) => {
    const at = views.indexOf(current);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const view = views[(next + views.length) % views.length]!;
    page.set({ view: view.id });
    tabs.current?.querySelector<HTMLElement>(`[data-view="${view.id}"]`)?.focus();
  };
  return (
    <section className="bench" aria-label={translate({ id: 'widget.bench.name', message: '실습' })}>
      <div className={styles.head}>
        <div
          ref={tabs}
          role="tablist"
          className={styles.tabs}
          aria-label={translate({ id: 'widget.bench.views', message: '실습의 보기' })}
          onKeyDown={onKeyDown}
        >
          {views.map((view) => (
            <button
              key={view.id}
              type="button"
              role="tab"
              id={`${id}${view.id}`}
              data-view={view.id}
              className={clsx(styles.tab, pointed === view.id && styles.pointed)}
              aria-selected={view === current}
              aria-controls={`${id}${view.id}-panel`}
              tabIndex={view === current ? 0 : -1}
              onClick={() => page.set({ view: view.id })}
            >
              {view.label()}
            </button>
          ))}
        </div>
        <div className={styles.menu} role="group" aria-label={translate({ id: 'widget.bench.menu', message: '실습 메뉴' })}>
          <LabMenu />
        </div>
      </div>
      <LabStatus />
      <div
        ref={panes}
        className={styles.panes}
        style={{ gridTemplateRows: `minmax(0, ${share}fr) auto minmax(0, ${100 - share}fr)` }}
      >
        <div className={clsx(styles.upper, pointed === current.id && styles.pointed)}>
          {views.map((view) => (
            <div
              key={view.id}
              role="tabpanel"
              id={`${id}${view.id}-panel`}
              aria-labelledby={`${id}${view.id}`}
              className={styles.panel}
              hidden={view !== current}
            >
              {opened.has(view.id) && <view.Panel />}
            </div>
          ))}
        </div>
        <Splitter share={share} onShare={setShare} panes={panes} />
        <div className={clsx(styles.lower, pointed === 'terminal' && styles.pointed)}>
          <div className={styles.last}>
            <Happened />
            <div className={styles.undo} role="group" aria-label={translate({ id: 'widget.bench.undo', message: '되돌리기' })}>
              <Undo />
            </div>
          </div>
          <TerminalFigure inBench />
        </div>
      </div>
    </section>
  );
}
