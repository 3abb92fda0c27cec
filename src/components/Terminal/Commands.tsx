import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import frame from '../frame.module.css';
import styles from './terminal.module.css';
import { useRun } from './useRun';

/** Command lines that run at a press. */
export function Commands({ commands }: { commands: readonly string[] }): ReactNode {
  const run = useRun();
  if (commands.length === 0) return null;
  return (
    <div className={frame.bar} role="group" aria-label={translate({ id: 'widget.terminal.commands', message: '실행해 볼 명령' })}>
      {commands.map((command) => (
        <button
          key={command}
          type="button"
          className={`${frame.button} ${frame.mono} ${styles.command}`}
          onClick={() => run(command)}
        >
          {command}
        </button>
      ))}
    </div>
  );
}
