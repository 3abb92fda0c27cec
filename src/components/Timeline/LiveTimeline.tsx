import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Moment } from '../../lab/timeline';
import type { Lab } from '../../lab/types';
import { useLabContext, usePageState, usePartOf } from '../LabProvider/context';
import frame from '../frame.module.css';
import { laneMark, laneName, lanes, momentBy, momentText, sinceText, type Lane } from './momentText';
import styles from './timeline.module.css';

/** Times at which something happened, oldest first: the stops of the slider. */
const stopsOf = (moments: readonly Moment[]): number[] => [...new Set(moments.map(({ time }) => time))];

export default function LiveTimeline({ lab, waiting }: { lab: Lab; waiting: ReactNode }): ReactNode {
  const context = useLabContext();
  const { page } = context;
  const looked = usePageState('moment');
  const moments = usePartOf(lab, 'moments');
  const [hidden, setHidden] = useState<ReadonlySet<Lane>>(new Set());
  const [going, setGoing] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const shown = moments.filter(({ kind }) => !hidden.has(kind));
  const stops = stopsOf(shown);
  const start = moments[0]?.time ?? 0;
  const last = stops.length;
  // One more stop than times: the last one is now.
  const at =
    looked === undefined
      ? last
      : Math.max(
          0,
          stops.findLastIndex((time) => time <= looked),
        );

  useEffect(() => {
    const box = list.current;
    const line = box?.querySelector<HTMLElement>(looked === undefined ? 'li:last-child' : '[aria-current]');
    // The list scrolls, never the page.
    if (box && line) box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 2;
  }, [looked, shown.length]);

  if (moments.length === 0) return waiting;
  const look = (time: number | undefined, traceId?: number) =>
    page.set({ moment: time, ...(traceId !== undefined && { traceId, step: 0 }) });
  const goOn = async (go: (time: number) => Promise<void>) => {
    if (looked === undefined) return;
    setGoing(true);
    try {
      await go(looked);
      page.set({ moment: undefined });
    } finally {
      setGoing(false);
    }
  };
  const fork = async (time: number) => {
    const { keptRuns } = await import('../Compare/keptRuns');
    await keptRuns(context, lab).forkAt(time);
  };
  const toggle = (lane: Lane) => {
    const next = new Set(hidden);
    if (!next.delete(lane)) next.add(lane);
    setHidden(next);
  };
  return (
    <div className={styles.parts}>
      <div className={styles.head}>
        <div className={styles.strip} aria-hidden="true">
          {lanes.map((lane) => (
            <div key={lane} className={styles.lane}>
              {shown
                .filter(({ kind }) => kind === lane)
                .map(({ id, time }) => (
                  <span
                    key={id}
                    className={clsx(styles.mark, styles[lane])}
                    style={{ left: `${((stops.indexOf(time) + 0.5) / (last + 1)) * 100}%` }}
                  />
                ))}
            </div>
          ))}
          <span className={styles.cursor} style={{ left: `${((at + 0.5) / (last + 1)) * 100}%` }} />
        </div>
        <input
          type="range"
          className={styles.scrub}
          min={0}
          max={last}
          value={at}
          aria-label={translate({ id: 'widget.timeline.scrub', message: '되감을 시점' })}
          aria-valuetext={looked === undefined ? nowText() : sinceText(looked, start)}
          onChange={({ target }) => look(stops[Number(target.value)])}
        />
        <div className={frame.bar}>
          {lanes.map((lane) => (
            <button
              key={lane}
              type="button"
              className={frame.button}
              aria-pressed={!hidden.has(lane)}
              onClick={() => toggle(lane)}
            >
              <span className={clsx(styles.sign, styles[lane])} aria-hidden="true">
                {laneMark[lane]}
              </span>{' '}
              {laneName(lane)}
            </button>
          ))}
        </div>
      </div>
      <ol
        ref={list}
        className={styles.list}
        tabIndex={0}
        aria-label={translate({ id: 'widget.timeline.list', message: '일어난 일' })}
      >
        {shown.map((moment) => {
          const by = momentBy(moment);
          const current = looked !== undefined && stops[at] === moment.time;
          return (
            <li
              key={moment.id}
              className={clsx(looked !== undefined && moment.time > looked && styles.later)}
              aria-current={current || undefined}
            >
              <button
                type="button"
                className={styles.moment}
                onClick={() => look(moment.time, moment.kind === 'packet' ? moment.trace.id : undefined)}
              >
                <span className={styles.time}>{sinceText(moment.time, start)}</span>
                <span className={clsx(styles.sign, styles[moment.kind])} aria-hidden="true">
                  {laneMark[moment.kind]}
                </span>
                <span className={frame.hidden}>{laneName(moment.kind)}</span>
                <span className={clsx(styles.text, moment.kind !== 'packet' && frame.mono)}>{momentText(moment)}</span>
                {by && <span className={styles.by}>{by}</span>}
              </button>
            </li>
          );
        })}
      </ol>
      <div className={styles.foot} role="status">
        {looked === undefined ? (
          <p className={frame.hint}>
            {translate({ id: 'widget.timeline.hint', message: '줄을 누르거나 눈금을 끌면 지도와 표가 그때의 상태를 보여 준다.' })}
          </p>
        ) : (
          <>
            <p className={frame.hint}>
              {translate(
                { id: 'widget.timeline.past', message: '지도와 표가 보여 주는 시점: {time}. 터미널은 지금의 클러스터에 있다.' },
                { time: sinceText(looked, start) },
              )}
            </p>
            <p className={frame.hint}>
              {translate({
                id: 'widget.timeline.forkHint',
                message: '갈라져 나가면 지금까지의 실행이 비교 보기에 남는다. 나중에 비교하거나 이어 갈 수 있다.',
              })}
            </p>
            <div className={frame.bar}>
              <button type="button" className={frame.button} onClick={() => look(undefined)}>
                {translate({ id: 'widget.timeline.back', message: '지금으로' })}
              </button>
              <button
                type="button"
                className={frame.button}
                disabled={going}
                onClick={() => void goOn((time) => lab.rewind(time))}
              >
                {translate({ id: 'widget.timeline.goOn', message: '여기서부터 다시 하기' })}
              </button>
              <button type="button" className={frame.button} disabled={going} onClick={() => void goOn(fork)}>
                {translate({ id: 'widget.timeline.fork', message: '여기서 갈라져 나가기' })}
              </button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}

const nowText = (): string => translate({ id: 'widget.timeline.now', message: '지금' });
