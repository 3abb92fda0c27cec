import Translate, { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { useId, useState, type ReactNode } from 'react';
import { longestName, type Progress } from '../../lab/progress/file';
import { countGoals, lastTime, reachedIn } from '../../lab/progress/stored';
import frame from '../frame.module.css';
import styles from './progress.module.css';
import { course } from './useStored';

const counted = course.filter(({ goals }) => goals.length > 0);

/** The name on the sheet: a field on the screen, a line on paper. It stays in this browser. */
function Name({ name, onName }: { name: string; onName: (name: string) => void }): ReactNode {
  const id = useId();
  // What is being typed may end with a blank, which the kept name does not.
  const [typed, setTyped] = useState<string>();
  return (
    <div className={styles.name}>
      <label htmlFor={id}>{translate({ id: 'progress.name', message: '이름' })}</label>
      <input
        id={id}
        className={frame.input}
        value={typed ?? name}
        maxLength={longestName}
        autoComplete="name"
        onChange={(event) => {
          setTyped(event.target.value);
          onName(event.target.value);
        }}
        onBlur={() => setTyped(undefined)}
      />
      <span className={`${frame.hint} ${styles.onScreen}`}>
        {translate({ id: 'progress.nameHint', message: '이 브라우저에만 저장된다. 내보내는 파일에도 들어간다.' })}
      </span>
    </div>
  );
}

/** What was done and when, as a sheet to print. */
export function Completion({ progress, onName }: { progress?: Progress; onName: (name: string) => void }): ReactNode {
  const { i18n } = useDocusaurusContext();
  const date = (time: string) => new Intl.DateTimeFormat(i18n.currentLocale, { dateStyle: 'long' }).format(new Date(time));
  const { reached, all } = progress ? countGoals(course, progress) : { reached: 0, all: 0 };
  return (
    <section className={styles.sheet} aria-labelledby="completion">
      <h2 id="completion">
        <Translate id="progress.completion">학습 확인서</Translate>
      </h2>
      <Name name={progress?.name ?? ''} onName={onName} />
      <p role="status">
        {progress &&
          (reached === all
            ? translate(
                { id: 'progress.all', message: '{date} 현재, 과정의 목표 {all}개를 모두 이루었다.' },
                { date: date(progress.saved), all: String(all) },
              )
            : translate(
                { id: 'progress.some', message: '{date} 현재, 과정의 목표 {all}개 중 {reached}개를 이루었다.' },
                { date: date(progress.saved), all: String(all), reached: String(reached) },
              ))}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{translate({ id: 'progress.lesson', message: '레슨' })}</th>
            <th scope="col">{translate({ id: 'progress.goals', message: '이룬 목표' })}</th>
            <th scope="col">{translate({ id: 'progress.last', message: '마지막으로 이룬 날' })}</th>
          </tr>
        </thead>
        <tbody>
          {counted.map(({ id, title, goals }) => {
            const count = progress ? reachedIn(progress, id, goals).length : 0;
            const last = progress && lastTime(progress, id);
            return (
              <tr key={id}>
                <th scope="row">{title}</th>
                <td>
                  {count === goals.length ? '✓ ' : ''}
                  {count}/{goals.length}
                </td>
                <td>{last ? date(last) : count > 0 ? translate({ id: 'progress.unknownDate', message: '기록 없음' }) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p>
        <Translate id="progress.selfAttested">
          이 확인서는 배운 사람이 스스로 확인한 것이다. 진도는 배운 사람의 브라우저에만 저장되고 고칠 수도 있으며, 누구도 따로
          검증하지 않았다. 시험은 포기한 과제 없이 모두 맞혔을 때 이룬 것으로 센다.
        </Translate>
      </p>
      <div className={`${frame.bar} ${styles.onScreen}`}>
        <button type="button" className={`${frame.button} ${frame.primary}`} onClick={() => window.print()}>
          {translate({ id: 'progress.print', message: '인쇄하거나 PDF로 저장' })}
        </button>
      </div>
    </section>
  );
}
