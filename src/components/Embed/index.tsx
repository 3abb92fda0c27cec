import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import ExamLab from '../Exam/ExamLab';
import LabProvider from '../LabProvider';
import styles from './embed.module.css';
import type { EmbedPage } from './parameters';
import { Progress } from './Progress';
import { views } from './views';

interface EmbedProps {
  page: EmbedPage;
  /** Default: the page's own. */
  scenario?: string;
  view?: string;
  step?: number;
}

/** One lab in a frame of another site: a view at a time, and on wide frames the terminal beside it. */
export default function Embed({ page, scenario = page.scenario, view, step = 0 }: EmbedProps): ReactNode {
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(view ?? page.views[0]!);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set([page.views[0]!, 'terminal']));
  if (!opened.has(shown)) setOpened(new Set([...opened, shown]));

  const onKeyDown = (event: KeyboardEvent) => {
    const { views: all } = page;
    const at = all.indexOf(shown);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const name = all[(next + all.length) % all.length]!;
    setShown(name);
    tabs.current?.querySelector<HTMLElement>(`[data-view="${name}"]`)?.focus();
  };
  const single = page.views.length === 1;
  const parts = (
    <>
      <Progress page={page} step={step} />
      {!single && (
        <div
          ref={tabs}
          role="tablist"
          className={styles.tabs}
          aria-label={translate({ id: 'widget.bench.views', message: '실습의 보기' })}
          onKeyDown={onKeyDown}
        >
          {page.views.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}${name}`}
              data-view={name}
              className={styles.tab}
              aria-selected={name === shown}
              aria-controls={`${id}${name}-panel`}
              tabIndex={name === shown ? 0 : -1}
              onClick={() => setShown(name)}
            >
              {views[name]!.label(page)}
            </button>
          ))}
        </div>
      )}
      <div className={clsx(styles.stage, single && styles.single)} data-shown={shown}>
        {page.views.map((name) => {
          const { Panel } = views[name]!;
          return (
            <div
              key={name}
              role={single ? undefined : 'tabpanel'}
              id={`${id}${name}-panel`}
              aria-labelledby={single ? undefined : `${id}${name}`}
              className={styles.panel}
              data-panel={name}
              data-open={name === shown}
            >
              {opened.has(name) && <Panel page={page} />}
            </div>
          );
        })}
      </div>
    </>
  );
  // An exam's seed stands in the address, where its reader changes it.
  return scenario === 'exam' ? <ExamLab>{parts}</ExamLab> : <LabProvider scenario={scenario}>{parts}</LabProvider>;
}
