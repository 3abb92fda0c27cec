import { translate } from '@docusaurus/Translate';
import { lazy, useEffect, useState, type ReactNode } from 'react';
import { useLabContext, useNear } from '../LabProvider/context';
import frame from '../frame.module.css';
import Live from '../Live';
import { StillSettings } from './StillSettings';
import styles from './terminal.module.css';

const LiveTerminal = lazy(() => import('./LiveTerminal'));

interface TerminalProps {
  /** Command lines offered as buttons; the first one is also in the still picture. */
  commands?: string[];
}

/** A terminal on the lab's machines. */
export default function Terminal({ commands = [] }: TerminalProps): ReactNode {
  const { lab, feed, start } = useLabContext();
  const [ref, near] = useNear<HTMLDivElement>();
  const [waiting, setWaiting] = useState<string>();

  useEffect(() => {
    if (!lab || waiting === undefined) return;
    setWaiting(undefined);
    void lab.terminal.run(waiting);
  }, [lab, waiting]);

  const still = (
    <>
      <div className={styles.screen}>
        <pre className={styles.still}>
          <span className={styles.prompt}>learner@laptop:~$ </span>
          {commands[0] ?? 'kubectl get svc'}
        </pre>
      </div>
      <StillSettings />
    </>
  );
  return (
    <div
      role="group"
      ref={ref}
      className={frame.frame}
      data-figure="terminal"
      aria-label={translate({ id: 'widget.terminal.name', message: '터미널' })}
    >
      <Live still={still} near={near}>
        {lab && feed && <LiveTerminal lab={lab} feed={feed} />}
      </Live>
      {commands.length > 0 && (
        <div
          className={frame.bar}
          role="group"
          aria-label={translate({ id: 'widget.terminal.commands', message: '실행해 볼 명령' })}
        >
          {commands.map((command) => (
            <button
              key={command}
              type="button"
              className={`${frame.button} ${frame.mono} ${styles.command}`}
              onClick={() => {
                start();
                if (!lab) setWaiting(command);
                else {
                  // As a reader would: Ctrl-C first when something still runs, e.g. a watch.
                  if (lab.terminal.busy) lab.terminal.interrupt();
                  void lab.terminal.run(command);
                }
              }}
            >
              {command}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
