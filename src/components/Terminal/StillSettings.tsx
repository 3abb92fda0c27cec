import type { ReactNode } from 'react';
import frame from '../frame.module.css';
import { copyLabel, leaveHint, plainLabel } from './labels';
import styles from './terminal.module.css';

/** The terminal's settings before they work: they keep their place, so that the page does not jump. */
export function StillSettings(): ReactNode {
  return (
    <div className={`${frame.bar} ${styles.settings}`}>
      <span className={`${frame.hint} ${styles.keysHint}`}>{leaveHint()}</span>
      <span className={frame.spread} />
      {['A−', 'A+', copyLabel(), plainLabel()].map((label) => (
        <button key={label} type="button" className={frame.button} disabled>
          {label}
        </button>
      ))}
    </div>
  );
}
