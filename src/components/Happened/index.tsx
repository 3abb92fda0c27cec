import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabContext, useLabSnapshot } from '../LabProvider/context';
import styles from './happened.module.css';
import { useLastAction } from './useLastAction';

/** Fetched with the first action: a page that is only read does without, and one that cannot fetch it goes on without. */
const Effects = lazy(() => import('./Effects').catch(() => ({ default: () => null })));

/** What the last command did to the cluster, in plain words; silent where it does not know. */
export default function Happened(): ReactNode {
  const { lab } = useLabContext();
  return (
    <div
      className={styles.happened}
      role="status"
      aria-label={translate({ id: 'widget.happened.name', message: '방금 일어난 일' })}
    >
      {lab && <Watched lab={lab} />}
    </div>
  );
}

/** Looks on from the lab's beginning: what an action did is told against the lab before it. */
function Watched({ lab }: { lab: Lab }): ReactNode {
  const snapshot = useLabSnapshot() ?? lab.getSnapshot();
  const last = useLastAction(snapshot);
  if (!last) {
    return (
      <p className={styles.hint}>
        {translate({ id: 'widget.happened.hint', message: '명령을 실행하면 무슨 일이 일어났는지 여기에 적힌다.' })}
      </p>
    );
  }
  return (
    <Suspense fallback={null}>
      <Effects lab={lab} snapshot={snapshot} last={last} />
    </Suspense>
  );
}
