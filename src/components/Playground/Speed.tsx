import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useLabContext, usePageState } from '../LabProvider/context';
import frame from '../frame.module.css';

const speeds = [0, 1, 10];

/** How fast the cluster's clock runs beside the reader's. */
export function Speed(): ReactNode {
  const { lab, page } = useLabContext();
  const speed = usePageState('speed') ?? 1;
  return (
    <div className={frame.bar} role="group" aria-label={translate({ id: 'playground.time', message: '시간의 속도' })}>
      <span>{translate({ id: 'playground.time', message: '시간의 속도' })}</span>
      {speeds.map((one) => (
        <button
          key={one}
          type="button"
          className={frame.button}
          aria-pressed={speed === one}
          onClick={() => page.set({ speed: one })}
        >
          {one === 0 ? translate({ id: 'playground.pause', message: '멈춤' }) : `${one}×`}
        </button>
      ))}
      <button type="button" className={frame.button} disabled={!lab || speed !== 0} onClick={() => lab?.advance(1000)}>
        {translate({ id: 'playground.step', message: '1초 앞으로' })}
      </button>
    </div>
  );
}
