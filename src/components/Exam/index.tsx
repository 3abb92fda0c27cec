import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { lazy, useRef, type ReactNode } from 'react';
import { seedOf } from '../../lab/exam/name';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './exam.module.css';
import { StillExam } from './StillExam';

const LiveExam = lazy(() => import('./LiveExam'));

/** An exam: the goals of the page's lab as tasks without hints, how many are right, and at the end where to read on. */
export default function Exam(): ReactNode {
  const { lab, scenario, scenarioName } = useLabContext();
  const { i18n } = useDocusaurusContext();
  const [ref, near] = useNear<HTMLDivElement>();
  /** Another exam was asked for here: the focus goes to it when it is there. */
  const awaited = useRef(false);
  const language = i18n.currentLocale === 'en' ? 'en' : 'ko';
  const still = <StillExam titles={scenario?.goals.map(({ title }) => title[language])} seed={seedOf(scenarioName)} />;
  return (
    <div
      role="group"
      ref={ref}
      className={`${frame.frame} ${styles.exam}`}
      data-figure="exam"
      aria-label={translate({ id: 'widget.exam.name', message: '시험' })}
    >
      <Live still={still} near={near}>
        {lab && <LiveExam key={lab.scenario.name} lab={lab} language={language} awaited={awaited} />}
      </Live>
    </div>
  );
}
