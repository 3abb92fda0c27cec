import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import styles from './support.module.css';

type State = 'simulated' | 'ignored' | 'not simulated';

/** The word for what becomes of something here; its shape differs as well as its colour. */
export function Mark({ state }: { state: State }): ReactNode {
  const words: Record<State, string> = {
    simulated: translate({ id: 'support.simulated', message: '된다' }),
    ignored: translate({ id: 'support.ignored', message: '받기만 한다' }),
    'not simulated': translate({ id: 'support.notSimulated', message: '안 된다' }),
  };
  return (
    <span className={styles.mark} data-state={state}>
      {words[state]}
    </span>
  );
}

/** A heading with how many of its entries the simulator does, and the entries that were found. */
export function Section({
  id,
  title,
  count,
  children,
}: {
  id: string;
  title: ReactNode;
  count: { done: number; all: number; found: number };
  children: ReactNode;
}): ReactNode {
  const { done, all, found } = count;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <small className={styles.count}>{`${done}/${all}`}</small>
      </h2>
      {found === 0 ? (
        <p className={styles.none}>{translate({ id: 'support.none', message: '여기에는 찾는 것이 없다.' })}</p>
      ) : (
        children
      )}
    </section>
  );
}
