import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { lazy, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './goal.module.css';
import { Prose } from './Prose';

const LiveGoal = lazy(() => import('./LiveGoal'));

interface GoalProps {
  /** A goal of the page's scenario. */
  id: string;
}

/** A goal of the scenario: whether the cluster is there yet, what is missing, hints and a solution. */
export default function Goal({ id }: GoalProps): ReactNode {
  const { lab, scenario } = useLabContext();
  const { i18n } = useDocusaurusContext();
  const [ref, near] = useNear<HTMLDivElement>();
  const language = i18n.currentLocale === 'en' ? 'en' : 'ko';
  const goal = scenario?.goals.find((candidate) => candidate.id === id);
  const still = (
    <p className={styles.title}>
      <Prose>{goal?.title[language] ?? ''}</Prose>
    </p>
  );
  return (
    <div
      role="group"
      ref={ref}
      className={`${frame.frame} ${styles.goal}`}
      data-figure="goal"
      aria-label={translate({ id: 'widget.goal.name', message: '목표' })}
    >
      <Live still={still} near={near}>
        {lab && <LiveGoal lab={lab} id={id} language={language} />}
      </Live>
    </div>
  );
}
