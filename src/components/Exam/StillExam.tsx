import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { Prose } from '../Goal/Prose';
import frame from '../frame.module.css';
import styles from './exam.module.css';

/** An exam before its lab is there: as large as the live one, with nothing to press. */
export function StillExam({ titles, seed }: { titles: readonly string[] | undefined; seed: number | undefined }): ReactNode {
  if (!titles)
    return <p className={frame.empty}>{translate({ id: 'widget.exam.coming', message: '시험 문제를 만들고 있다.' })}</p>;
  return (
    <>
      {seed !== undefined && (
        <div className={frame.bar}>
          <span>{translate({ id: 'widget.exam.seed', message: '이 시험의 시드' })}</span>
          <span className={`${frame.input} ${frame.mono} ${styles.still}`}>{seed}</span>
        </div>
      )}
      <p className={styles.score}>
        {translate(
          { id: 'widget.exam.score', message: '맞은 과제: {right}/{count}' },
          { right: '0', count: String(titles.length) },
        )}
      </p>
      <ol className={styles.tasks}>
        {titles.map((title) => (
          <li key={title} className={styles.task}>
            <p className={styles.text}>
              <span className={styles.state}>{translate({ id: 'widget.goal.open', message: '아직' })}</span>
              <Prose>{title}</Prose>
            </p>
            <div className={frame.bar}>
              <button type="button" className={frame.button} disabled>
                {translate({ id: 'widget.exam.giveUp', message: '포기하고 풀이 보기' })}
              </button>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
