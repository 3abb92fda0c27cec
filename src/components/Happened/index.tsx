import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import styles from './happened.module.css';

const LiveHappened = lazy(() => import('./LiveHappened'));

/** What the last command did to the cluster, in plain words; silent where it does not know. */
export default function Happened(): ReactNode {
  const { lab } = useLabContext();
  return (
    <div
      className={styles.happened}
      role="status"
      aria-label={translate({ id: 'widget.happened.name', message: '방금 일어난 일' })}
    >
      {lab && (
        <Suspense fallback={null}>
          <LiveHappened lab={lab} />
        </Suspense>
      )}
    </div>
  );
}
