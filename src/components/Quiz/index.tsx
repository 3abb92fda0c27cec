import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useId, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { someOf, useKept } from '../LabProvider/kept';
import styles from './quiz.module.css';

interface QuizProps {
  /** One of a kind in its lesson: the answers that were tried are kept under it. */
  id: string;
  question: ReactNode;
  /** Every one says why it is right or wrong. */
  options: { label: ReactNode; correct?: boolean; why: ReactNode }[];
}

const none: readonly number[] = [];

/** A recall question; every answer that is tried explains itself. */
export default function Quiz({ id, question, options }: QuizProps): ReactNode {
  const label = useId();
  const [tried, setTried] = useKept<readonly number[]>(`quiz:${id}`, none, someOf(options.length));
  return (
    <section className={clsx(frame.frame, styles.quiz)} data-figure="quiz" data-quiz={id} aria-labelledby={label}>
      <p id={label} className={styles.question}>
        {question}
      </p>
      <ul className={styles.options}>
        {options.map((option, index) => {
          const open = tried.includes(index);
          return (
            <li key={index}>
              <button
                type="button"
                className={clsx(styles.option, open && (option.correct ? styles.right : styles.wrong))}
                aria-expanded={open}
                onClick={() => setTried(open ? tried.filter((one) => one !== index) : [...tried, index])}
              >
                {option.label}
              </button>
              <div role="status">
                {open && (
                  <div className={styles.why}>
                    <strong>
                      {option.correct
                        ? translate({ id: 'widget.quiz.right', message: '맞다.' })
                        : translate({ id: 'widget.quiz.wrong', message: '아니다.' })}
                    </strong>{' '}
                    {option.why}
                  </div>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
