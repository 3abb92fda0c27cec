import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import type { ReactNode, SyntheticEvent } from 'react';
import frame from '../frame.module.css';
import { countUpTo, useKept } from '../LabProvider/kept';
import { Commands } from '../Terminal/Commands';
import styles from './ladder.module.css';

interface LadderProps {
  /** One of a kind in its lab: how far the reader went is kept under it. */
  id: string;
  /** From the first thing to ask to the cause. `command` answers the question; `meaning` reads its output for each answer there may be. */
  steps: { question: ReactNode; command: string; meaning: ReactNode }[];
}

/** A diagnosis in steps that are opened one by one: what to ask, which command answers it, what its output means. */
export default function Ladder({ id, steps }: LadderProps): ReactNode {
  // Each step opens twice: its command, then the meaning of what that prints.
  const [opened, setOpened] = useKept(`ladder:${id}`, 0, countUpTo(2 * steps.length));
  const reach = (count: number) => (event: SyntheticEvent<HTMLDetailsElement>) => {
    if (event.currentTarget.open && count > opened) setOpened(count);
  };
  return (
    <section
      className={clsx(frame.frame, styles.ladder)}
      data-figure="ladder"
      data-ladder={id}
      aria-label={translate({ id: 'widget.ladder.name', message: '진단 사다리' })}
    >
      <ol className={styles.steps}>
        {steps.map(({ question, command, meaning }, index) => (
          // Without script there is nothing to open the next step with, so none is hidden (ladder.module.css).
          <li key={index} className={clsx(styles.step, opened < 2 * index && styles.later)}>
            <p className={styles.question}>{question}</p>
            <details open={opened > 2 * index} onToggle={reach(2 * index + 1)}>
              <summary>{translate({ id: 'widget.ladder.command', message: '확인할 명령' })}</summary>
              <Commands commands={[command]} />
              <details open={opened > 2 * index + 1} onToggle={reach(2 * index + 2)}>
                <summary>{translate({ id: 'widget.ladder.meaning', message: '출력 읽기' })}</summary>
                <div className={styles.meaning}>{meaning}</div>
              </details>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
