import Link from '@docusaurus/Link';
import parts from '@generated/course/default/course.json';
import type { ReactNode } from 'react';
import styles from './course.module.css';

/** The course: its parts with their lessons and what a reader can do after each. */
export default function Course(): ReactNode {
  return (
    <div className={styles.course}>
      {parts.map((part) => (
        <section key={part.id}>
          <h3 className={styles.part}>{part.label}</h3>
          <ol className={styles.lessons}>
            {part.lessons.map(({ id, title, description }) => (
              <li key={id}>
                <div>
                  <Link to={`/learn/${id}/`}>{title}</Link>
                  <p>{description}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
