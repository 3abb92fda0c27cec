import missing from '@generated/support-data/default/missing.json';
import type { ReactNode } from 'react';
import type { NotSimulatedProps } from './index';
import styles from './notSimulated.module.css';

/** The list itself, apart from the widget: a page that comes with it from the server does not load it. */
export default function List({ what }: NotSimulatedProps): ReactNode {
  if (what === 'kinds')
    return (
      <dl className={styles.kinds}>
        {missing.kinds.map(({ version, kinds }) => (
          <div key={version}>
            <dt>
              <code>{version}</code>
            </dt>
            <dd>{kinds.join(', ')}</dd>
          </div>
        ))}
      </dl>
    );
  return (
    <ul className={styles.names}>
      {missing[what].map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}
