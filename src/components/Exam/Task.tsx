import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useId, useRef, type ReactNode } from 'react';
import type { GoalState, Lab } from '../../lab/types';
import { Prose } from '../Goal/Prose';
import { useReplay } from '../Goal/useReplay';
import frame from '../frame.module.css';
import styles from './exam.module.css';
import { LessonLink } from './LessonLink';

interface TaskProps {
  lab: Lab;
  state: GoalState;
  language: 'ko' | 'en';
  givenUp: boolean;
  /** The learner has changed something that this task is about. */
  touched: boolean;
  onGiveUp: () => void;
}

/** One task: what is wanted, whether it is done, and, of a repair that does not do, what is wrong with it. */
export function Task({ lab, state, language, givenUp, touched, onGiveUp }: TaskProps): ReactNode {
  const { goal, passed, failedCheck } = state;
  const id = useId();
  const solution = useRef<HTMLDivElement>(null);
  const { replaying, replay } = useReplay(lab, goal.solution);
  const right = passed && !givenUp;
  return (
    <li className={styles.task}>
      <p id={id} className={styles.text}>
        <span className={clsx(styles.state, right && styles.right, givenUp && styles.given)}>
          {givenUp
            ? translate({ id: 'widget.exam.givenUp', message: '포기했다' })
            : right
              ? translate({ id: 'widget.exam.right', message: '맞았다' })
              : translate({ id: 'widget.goal.open', message: '아직' })}
        </span>
        <Prose>{goal.title[language]}</Prose>
      </p>
      {/* Before anything was tried it would be a hint. */}
      <div role="status">
        {!passed && !givenUp && touched && failedCheck && (
          <p className={frame.failure}>
            <Prose>{failedCheck.failure[language]}</Prose>
          </p>
        )}
      </div>
      {givenUp ? (
        <div ref={solution} tabIndex={-1} className={styles.solution}>
          {goal.exam && (
            <p>
              <Prose>{goal.exam.cause[language]}</Prose>
            </p>
          )}
          <pre className={styles.lines}>{goal.solution.map((line) => `$ ${line}`).join('\n')}</pre>
          {goal.exam && (
            <p>
              {translate({ id: 'widget.exam.lesson', message: '다루는 레슨:' })} <LessonLink place={goal.exam.lesson} />
            </p>
          )}
          <div className={frame.bar}>
            <button type="button" className={frame.button} aria-describedby={id} disabled={replaying} onClick={replay}>
              {translate({ id: 'widget.goal.replay', message: '터미널에서 풀이 실행' })}
            </button>
          </div>
        </div>
      ) : (
        !passed && (
          <div className={frame.bar}>
            <button
              type="button"
              className={frame.button}
              aria-describedby={id}
              onClick={() => {
                onGiveUp();
                // The button is gone then: the focus goes on to what took its place.
                requestAnimationFrame(() => solution.current?.focus());
              }}
            >
              {translate({ id: 'widget.exam.giveUp', message: '포기하고 풀이 보기' })}
            </button>
          </div>
        )
      )}
    </li>
  );
}
