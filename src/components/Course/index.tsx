import Link from '@docusaurus/Link';
import Translate, { translate } from '@docusaurus/Translate';
import parts from '@generated/course/default/course.json';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './course.module.css';
import { type Progress, useProgress } from './progress';

const lessons = parts.flatMap((part) => part.lessons);

/** One sentence: how far the reader is, and where to go on. */
function Summary({ progress }: { progress: Progress }): ReactNode {
  const all = lessons.reduce((sum, { goals }) => sum + goals.length, 0);
  const reached = lessons.reduce((sum, { id }) => sum + (progress[id] ?? 0), 0);
  const next = lessons.find(({ id, goals }) => (progress[id] ?? 0) < goals.length);
  const link = next && <Link to={`/learn/${next.id}/`}>{next.title}</Link>;
  const counts = { reached: String(reached), all: String(all) };
  if (reached === 0)
    return (
      <Translate id="course.start" values={{ all: counts.all, link }}>
        {'이룰 목표가 모두 {all}개 있다. 시작하는 곳: {link}'}
      </Translate>
    );
  if (!next)
    return (
      <Translate id="course.done" values={counts}>
        {'목표 {all}개를 모두 이루었다.'}
      </Translate>
    );
  return (
    <Translate id="course.next" values={{ ...counts, link }}>
      {'목표 {all}개 중 {reached}개를 이루었다. 이어서 할 곳: {link}'}
    </Translate>
  );
}

/** The goals of a lesson that were reached, as a fraction that is read aloud in words. */
function Reached({ count, of }: { count: number; of: number }): ReactNode {
  if (of === 0) return null;
  const words = translate(
    { id: 'widget.course.reached', message: '이룬 목표: {count}/{of}' },
    { of: String(of), count: String(count) },
  );
  return (
    <span role="img" aria-label={words} className={clsx(styles.reached, count === of && styles.complete)}>
      {count === of ? '✓ ' : ''}
      {count}/{of}
    </span>
  );
}

/** The course: its parts with their lessons, what a reader can do after each, and how far this reader is. */
export default function Course(): ReactNode {
  const progress = useProgress();
  return (
    <div className={styles.course}>
      <p className={styles.summary}>
        <Summary progress={progress} />
      </p>
      {parts.map((part) => (
        <section key={part.id}>
          <h3 className={styles.part}>{part.label}</h3>
          <ol className={styles.lessons}>
            {part.lessons.map(({ id, title, description, goals }) => (
              <li key={id}>
                <div>
                  <Link to={`/learn/${id}/`}>{title}</Link>
                  <p>{description}</p>
                </div>
                <Reached count={progress[id] ?? 0} of={goals.length} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
