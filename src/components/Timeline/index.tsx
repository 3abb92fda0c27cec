import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './timeline.module.css';

const LiveTimeline = lazy(() => import('./LiveTimeline'));

/** Everything that happened in the lab, on one line: looked at again, or gone back to. `inBench`: it fills its place. */
export default function Timeline({ inBench = false }: { inBench?: boolean }): ReactNode {
  const { lab } = useLabContext();
  const [ref, near] = useNear<HTMLElement>();
  const waiting = (
    <p className={frame.empty}>
      {translate({ id: 'widget.timeline.waiting', message: '명령을 실행하면 일어난 일이 여기에 차례대로 적힌다.' })}
    </p>
  );
  return (
    <section
      ref={ref}
      className={inBench ? styles.inBench : frame.frame}
      data-figure="timeline"
      aria-label={translate({ id: 'widget.timeline.name', message: '타임라인' })}
    >
      <Live still={waiting} near={near}>
        {lab && <LiveTimeline lab={lab} waiting={waiting} />}
      </Live>
    </section>
  );
}
