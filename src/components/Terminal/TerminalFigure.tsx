import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, type ReactNode } from 'react';
import frame from '../frame.module.css';
import Happened from '../Happened';
import LabBar from '../LabBar';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import Live from '../Live';
import { Commands } from './Commands';
import { StillSettings } from './StillSettings';
import styles from './terminal.module.css';

const fetchLive = () => import('./LiveTerminal');
const LiveTerminal = lazy(fetchLive);

interface TerminalFigureProps {
  commands?: readonly string[];
  /** In the bench: fills its place, and the lab's bar stands elsewhere. */
  inBench?: boolean;
}

/** The terminal itself, wherever it stands. */
export default function TerminalFigure({ commands = [], inBench = false }: TerminalFigureProps): ReactNode {
  const { lab, feed } = useLabContext();
  const [ref, near] = useNear<HTMLDivElement>(fetchLive);
  const still = (
    <div className={styles.parts}>
      <div className={styles.screen}>
        <pre className={styles.still}>
          <span className={styles.prompt}>learner@laptop:~$ </span>
          {commands[0] ?? 'kubectl get svc'}
        </pre>
      </div>
      <StillSettings />
    </div>
  );
  return (
    <div
      role="group"
      ref={ref}
      className={clsx(inBench ? styles.inBench : frame.frame)}
      data-figure="terminal"
      aria-label={translate({ id: 'widget.terminal.name', message: '터미널' })}
    >
      <Live still={still} near={near}>
        {lab && feed && <LiveTerminal lab={lab} feed={feed} />}
      </Live>
      {!inBench && (
        <>
          <Happened />
          <LabBar />
          <Commands commands={commands} />
        </>
      )}
    </div>
  );
}
