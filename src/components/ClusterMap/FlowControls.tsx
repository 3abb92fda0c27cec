import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import frame from '../frame.module.css';
import { hostName } from '../trace/names';
import { lossWord, traceTitle } from '../trace/words';
import { endsOf } from './flows';
import styles from './map.module.css';
import { PlayButton, usePlaying } from './playing';

/** While playing, a connection more every so often, ms. */
const DWELL = 700;
const counts = [5, 10, 20, 50];

interface FlowControlsProps {
  /** Every connection that can be shown, oldest first. */
  traces: readonly Trace[];
  /** How many of the latest are shown together. */
  most: number;
  /** How many of those have been played. */
  shown: number;
  onChange: (change: { most: number; shown: number }) => void;
  /** Back to one packet at a time. */
  onLeave: () => void;
}

/** Plays the latest connections one after the other, and says where they ended. */
export default function FlowControls({ traces, most, shown, onChange, onLeave }: FlowControlsProps): ReactNode {
  const all = traces.slice(-most);
  const now = all.slice(0, shown);
  const atEnd = shown >= all.length;
  const [playing, setPlaying] = usePlaying({
    position: shown,
    atEnd,
    dwell: DWELL,
    onNext: () => onChange({ most, shown: shown + 1 }),
  });
  const latest = now.at(-1);
  return (
    <div className={styles.controls}>
      <p className={styles.now} aria-live={playing ? 'off' : 'polite'}>
        <span className={styles.count}>{`${now.length}/${all.length}`}</span>
        {latest && <span>{traceTitle(latest)}</span>}
        {endsOf(now).map(({ host, loss, count }) => (
          <span key={`${host} ${loss?.kind ?? ''}`} className={styles.end}>
            {hostName(host)} {loss && <strong>{lossWord(loss)} </strong>}×{count}
          </span>
        ))}
      </p>
      <div
        className={frame.bar}
        role="group"
        aria-label={translate({ id: 'widget.map.flows', message: '여러 연결을 함께 보기' })}
      >
        <PlayButton
          playing={playing}
          primary
          onClick={() => {
            if (!playing && atEnd) onChange({ most, shown: 1 });
            setPlaying(!playing);
          }}
        />
        <input
          type="range"
          className={styles.scrub}
          min={1}
          max={Math.max(1, all.length)}
          value={Math.max(1, now.length)}
          onChange={({ target }) => {
            setPlaying(false);
            onChange({ most, shown: Number(target.value) });
          }}
          aria-label={translate({ id: 'widget.map.connections', message: '연결' })}
          aria-valuetext={latest ? `${now.length}/${all.length} ${traceTitle(latest)}` : undefined}
        />
        <select
          className={frame.select}
          value={most}
          aria-label={translate({ id: 'widget.map.most', message: '함께 볼 연결의 수' })}
          onChange={({ target }) => {
            const next = Number(target.value);
            onChange({ most: next, shown: Math.min(next, traces.length) });
          }}
        >
          {counts.map((count) => (
            <option key={count} value={count}>
              {translate({ id: 'widget.map.latest', message: '최근 {count}' }, { count: String(count) })}
            </option>
          ))}
        </select>
        <button type="button" className={frame.button} onClick={onLeave}>
          {translate({ id: 'widget.map.single', message: '하나씩 보기' })}
        </button>
      </div>
    </div>
  );
}
