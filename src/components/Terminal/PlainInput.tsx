import { translate } from '@docusaurus/Translate';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { TerminalSession } from '../../shell/types';
import frame from '../frame.module.css';
import styles from './terminal.module.css';
import { useSession } from './useSession';

/** One command line in an ordinary input field. */
export function PlainInput({ session }: { session: TerminalSession }): ReactNode {
  const { prompt, busy, transcript } = useSession(session);
  const id = useId();
  const [line, setLine] = useState('');
  /** How far back in the history; 0: the line being written. */
  const back = useRef(0);
  const run = () => {
    if (line.trim() === '' || busy) return;
    void session.run(line);
    setLine('');
    back.current = 0;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const next = Math.max(0, Math.min(transcript.length, back.current + (event.key === 'ArrowUp' ? 1 : -1)));
      back.current = next;
      setLine(next === 0 ? '' : (transcript.at(-next)?.command ?? ''));
      event.preventDefault();
    }
  };
  return (
    <form
      className={styles.plain}
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <label htmlFor={id} className={styles.prompt}>
        {prompt}
      </label>
      <input
        id={id}
        className={`${frame.input} ${frame.mono} ${styles.line}`}
        value={line}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={onKeyDown}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
      />
      <button type="submit" className={frame.button} disabled={busy}>
        {translate({ id: 'widget.terminal.run', message: '실행' })}
      </button>
    </form>
  );
}
