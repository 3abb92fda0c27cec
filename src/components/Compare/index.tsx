import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './compare.module.css';

const LiveRuns = lazy(() => import('./LiveRuns'));

/** Runs of the lab beside each other: the same with one thing changed, or gone on from an earlier moment. `inBench`: it fills its place. */
export default function Compare({ inBench = false }: { inBench?: boolean }): ReactNode {
  const { lab } = useLabContext();
  const [ref, near] = useNear<HTMLElement>();
  return (
    <section
      ref={ref}
      className={inBench ? styles.inBench : frame.frame}
      data-figure="compare"
      aria-label={translate({ id: 'widget.compare.name', message: '비교' })}
    >
      <Live still={null} near={near}>
        {lab && <LiveRuns lab={lab} />}
      </Live>
    </section>
  );
}
