import Translate, { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { Completion } from './Completion';
import styles from './progress.module.css';
import { Team } from './Team';
import { Transfer } from './Transfer';
import { useStored } from './useStored';

/** What this browser remembers of the course: to print, to take elsewhere, and for a team's lead. */
export default function Progress(): ReactNode {
  const { progress, keep, rename } = useStored();
  return (
    <main className={styles.page}>
      <h1>{translate({ id: 'progress.title', message: '진도' })}</h1>
      <p className={styles.onScreen}>
        <Translate id="progress.local">진도는 이 브라우저에만 저장되고, 어디로도 보내지 않는다.</Translate>
      </p>
      <Completion progress={progress} onName={rename} />
      <div className={styles.onScreen}>
        <Transfer progress={progress} onTake={keep} />
        <Team />
      </div>
    </main>
  );
}
