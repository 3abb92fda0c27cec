import { translate } from '@docusaurus/Translate';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Goal } from '../../lab/types';
import styles from './exam.module.css';
import { LessonLink } from './LessonLink';

interface ResultProps {
  goals: readonly Goal[];
  right: readonly boolean[];
  /** The reader has just ended the exam: the button for it is gone, and the focus comes here. */
  focused: boolean;
}

/** How the exam went, when no task is open any more: what was missed and where to read about it. */
export function Result({ goals, right, focused }: ResultProps): ReactNode {
  const count = right.filter(Boolean).length;
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, [focused]);
  return (
    <div className={styles.result}>
      <p ref={heading} tabIndex={-1} role="status" className={styles.text}>
        {translate(
          { id: 'widget.exam.finished', message: '시험이 끝났다. 맞은 과제: {right}/{count}' },
          { count: String(goals.length), right: String(count) },
        )}
      </p>
      {count === goals.length ? (
        <p>
          {translate({
            id: 'widget.exam.perfect',
            message: '더 되짚을 레슨이 없다. 새 시험에서는 과제와 이름과 번호가 달라진다.',
          })}
        </p>
      ) : (
        <ul
          className={styles.missed}
          aria-label={translate({ id: 'widget.exam.missed', message: '맞히지 못한 과제와 다루는 레슨' })}
        >
          {goals.map(
            (goal, index) =>
              !right[index] && (
                <li key={goal.id}>
                  <span>{translate({ id: 'widget.exam.task', message: '과제 {number}' }, { number: String(index + 1) })}</span>
                  {goal.exam && <LessonLink place={goal.exam.lesson} />}
                </li>
              ),
          )}
        </ul>
      )}
    </div>
  );
}
