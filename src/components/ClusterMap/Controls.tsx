import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { stepWords, traceTitle } from '../trace/words';
import type { Looked } from '../trace/useTrace';
import styles from './map.module.css';
import { PlayButton, usePlaying } from './playing';

/** While playing, a step stays this long: its move and the time to read its values, ms. */
const DWELL = 1100;

interface ControlsProps {
  looked: Looked;
  /** Says whether the next step is a move forward. */
  onMove: (forward: boolean) => void;
  /** Shows several connections at once. Without it no other packet can be chosen either. */
  onTogether?: () => void;
}

/** Play, step and scrub. */
export function Controls({ looked, onMove, onTogether }: ControlsProps): ReactNode {
  const { trace, traces, steps, index, look, goTo } = looked;
  const last = steps.length - 1;
  const atEnd = index >= last;
  const go = (next: number) => {
    onMove(next === index + 1);
    goTo(next);
  };

  const [playing, setPlaying] = usePlaying({ position: index, atEnd, dwell: DWELL, onNext: () => go(index + 1) });
  useEffect(() => setPlaying(false), [trace?.id]);

  if (!trace) return null;
  const manual = (next: number) => {
    setPlaying(false);
    go(Math.max(0, Math.min(last, next)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement) return;
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    manual(next);
  };
  const step = steps[index];
  const words = step && stepWords(step);
  return (
    // Arrow keys step wherever the focus is among the controls
    <div className={styles.controls} onKeyDown={onKeyDown}>
      <p className={styles.now} aria-live={playing ? 'off' : 'polite'}>
        <span className={styles.count}>{`${index + 1}/${steps.length}`}</span>
        {words && (
          <>
            <strong>{words.place}</strong> <span>{words.sentence}</span> <code className={styles.values}>{words.values}</code>
          </>
        )}
      </p>
      <div className={frame.bar} role="group" aria-label={translate({ id: 'widget.map.controls', message: '패킷 따라가기' })}>
        <button type="button" className={frame.button} onClick={() => manual(index - 1)} disabled={index === 0}>
          {translate({ id: 'widget.map.back', message: '← 이전' })}
        </button>
        <button type="button" className={clsx(frame.button, frame.primary)} onClick={() => manual(atEnd ? 0 : index + 1)}>
          {atEnd
            ? translate({ id: 'widget.map.again', message: '처음으로' })
            : translate({ id: 'widget.map.next', message: '다음 →' })}
        </button>
        <PlayButton
          playing={playing}
          onClick={() => {
            if (!playing && atEnd) go(0);
            setPlaying(!playing);
          }}
        />
        <input
          type="range"
          className={styles.scrub}
          min={0}
          max={last}
          value={index}
          onChange={(event) => manual(Number(event.target.value))}
          aria-label={translate({ id: 'widget.map.scrub', message: '단계' })}
          aria-valuetext={words ? `${index + 1}/${steps.length} ${words.place} ${words.sentence}` : undefined}
        />
        {onTogether && traces.length > 1 && (
          <select
            className={clsx(frame.select, styles.select)}
            value={trace.id}
            onChange={(event) => look(Number(event.target.value))}
            aria-label={translate({ id: 'widget.map.traces', message: '어느 패킷을 볼지 고르기' })}
          >
            {[...traces].reverse().map((candidate) => (
              <option key={candidate.id} value={candidate.id}>
                {traceTitle(candidate)}
              </option>
            ))}
          </select>
        )}
        {onTogether && traces.length > 1 && (
          <button type="button" className={frame.button} onClick={onTogether}>
            {translate({ id: 'widget.map.together', message: '함께 보기' })}
          </button>
        )}
      </div>
    </div>
  );
}
