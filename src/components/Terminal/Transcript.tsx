import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { TerminalSession } from '../../shell/types';
import frame from '../frame.module.css';
import styles from './terminal.module.css';
import { useSession } from './useSession';

/** Entries kept in the page; the terminal itself scrolls further back. */
const SHOWN = 50;

/** What was typed and printed, as text of the page: for screen readers, and for everybody in plain input mode. */
export function Transcript({ session, visible }: { session: TerminalSession; visible: boolean }): ReactNode {
  const { transcript } = useSession(session);
  const entries = transcript.slice(-SHOWN);
  return (
    <div
      role="log"
      aria-label={translate({ id: 'widget.terminal.log', message: '터미널 기록' })}
      className={visible ? styles.log : frame.hidden}
      tabIndex={visible ? 0 : undefined}
    >
      {entries.map((entry) => (
        <div key={entry.id}>
          <div>
            <span className={styles.prompt}>{entry.prompt}</span>
            {entry.command}
          </div>
          {entry.output !== '' && <div>{entry.output}</div>}
        </div>
      ))}
    </div>
  );
}
