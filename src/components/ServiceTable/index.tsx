import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './table.module.css';

const LiveTable = lazy(() => import('./LiveTable'));

/** `kubectl get svc` of the lab, kept up to date, each value explained. */
export default function ServiceTable(): ReactNode {
  const [ref, near] = useNear<HTMLDivElement>();
  const still = (
    <pre className={styles.still} tabIndex={0}>
      {'NAME   TYPE   CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE'}
    </pre>
  );
  return (
    <div
      role="group"
      ref={ref}
      className={frame.frame}
      data-figure="services"
      aria-label={translate({ id: 'widget.table.label', message: '서비스 목록' })}
    >
      <p className={styles.command}>$ kubectl get svc</p>
      <div className={styles.room}>
        <Live still={still} near={near}>
          <LiveTable />
        </Live>
      </div>
    </div>
  );
}
