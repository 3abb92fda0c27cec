import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, type ReactNode } from 'react';
import { useLab, useNear } from '../LabProvider/context';
import frame from '../frame.module.css';

const StepList = lazy(() => import('./StepList'));

/** The ordered text list of the packet that the page's map shows. */
export default function PacketSteps(): ReactNode {
  const lab = useLab();
  const [ref, near] = useNear<HTMLElement>();
  const waiting = (
    <p className={frame.empty}>{translate({ id: 'widget.steps.still', message: '패킷을 보내면 그 경로가 여기에 차례대로 적힌다.' })}</p>
  );
  return (
    <section ref={ref} className={frame.frame} aria-label={translate({ id: 'widget.steps.name', message: '패킷의 경로' })}>
      {near && lab ? (
        <Suspense fallback={waiting}>
          <StepList />
        </Suspense>
      ) : (
        waiting
      )}
    </section>
  );
}
