import type { ReactNode } from 'react';
import styles from './goal.module.css';

/** A scenario's sentence, with `code` between backticks. */
export function Prose({ children }: { children: string }): ReactNode {
  return children.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className={styles.code}>
        {part}
      </code>
    ) : (
      part
    ),
  );
}
