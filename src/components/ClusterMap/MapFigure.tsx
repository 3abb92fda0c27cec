import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, useRef, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import type { FirstPacket } from './firstPacket';
import { StillControls } from './StillControls';
import { StillPicture } from './StillPicture';
import styles from './map.module.css';

const fetchLive = () => import('./LiveMap');
const LiveMap = lazy(fetchLive);

export interface MapProps {
  /** What to notice in the figure. */
  caption?: ReactNode;
  /** The text list of the path below the map. Default true. */
  steps?: boolean;
  /** The form that sends a packet without the terminal. Default true. */
  send?: boolean;
  /** A packet the figure starts with, sent once when nothing was sent before. */
  packet?: FirstPacket;
}

/** The map itself, wherever it stands. `inBench`: it fills its place, and its controls stay in view. */
export default function MapFigure({
  caption,
  steps = true,
  send = true,
  packet,
  inBench = false,
}: MapProps & { inBench?: boolean }): ReactNode {
  const { lab } = useLabContext();
  const [ref, near] = useNear<HTMLElement>(fetchLive);
  const view = useRef<HTMLDivElement>(null);
  const still = (
    <div className={styles.parts}>
      {/* a picture with many pods scrolls, also by keyboard */}
      <div ref={view} className={styles.view} tabIndex={0}>
        <StillPicture packet={packet} />
      </div>
      <div className={styles.dock}>
        <StillControls packet={packet !== undefined} send={send} steps={steps} />
      </div>
    </div>
  );
  return (
    <figure
      ref={ref}
      className={clsx(styles.map, inBench ? styles.inBench : frame.frame)}
      data-figure="map"
      aria-label={translate({ id: 'widget.map.name', message: '클러스터 지도' })}
    >
      <Live still={still} near={near}>
        {lab && (
          <LiveMap lab={lab} steps={steps} send={send} packet={packet} inBench={inBench} width={view.current?.clientWidth} />
        )}
      </Live>
      {caption && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}
