import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import Cue from '../Prose/Cue';
import InProse from '../Prose/InProse';

const StepList = lazy(() => import('./StepList'));

/** The ordered text list of the packet that the page's map shows. */
export default function PacketSteps(): ReactNode {
  const [ref, near] = useNear<HTMLDivElement>();
  const waiting = (
    <p className={frame.empty}>
      {translate({ id: 'widget.steps.still', message: '패킷을 보내면 그 경로가 여기에 차례대로 적힌다.' })}
    </p>
  );
  return (
    <InProse
      cue={
        <Cue
          part="map"
          shows={{ view: 'map' }}
          label={translate({ id: 'widget.steps.cue', message: '패킷의 경로를 차례대로 읽는다' })}
        />
      }
    >
      <div
        role="group"
        ref={ref}
        className={frame.frame}
        aria-label={translate({ id: 'widget.steps.name', message: '패킷의 경로' })}
      >
        <Live still={waiting} near={near}>
          <StepList />
        </Live>
      </div>
    </InProse>
  );
}
