import { translate } from '@docusaurus/Translate';
import { lazy, useMemo, type ReactNode } from 'react';
import { useLabContext, useNear } from '../LabProvider/context';
import frame from '../frame.module.css';
import Live from '../Live';
import type { FirstPacket } from './firstPacket';
import { stillModel } from './model';
import { StillPicture } from './Picture';
import { StillControls } from './StillControls';
import styles from './map.module.css';

const LiveMap = lazy(() => import('./LiveMap'));

interface ClusterMapProps {
  /** What to notice in the figure. */
  caption?: ReactNode;
  /** The text list of the path below the map. Default true. */
  steps?: boolean;
  /** The form that sends a packet without the terminal. Default true. */
  send?: boolean;
  /** A packet the figure starts with, sent once when nothing was sent before. */
  packet?: FirstPacket;
}

/** Map of the cluster and of a packet's path through it. */
export default function ClusterMap({ caption, steps = true, send = true, packet }: ClusterMapProps): ReactNode {
  const { lab, scenario } = useLabContext();
  const [ref, near] = useNear<HTMLElement>();
  const model = useMemo(() => stillModel(scenario, packet?.address), [scenario, packet?.address]);
  const still = (
    <>
      <StillPicture
        model={model}
        title={translate({ id: 'widget.map.still', message: '클러스터 지도' })}
        packet={packet && /^\d/.test(packet.address) ? { from: packet.from, to: `${packet.address}:${packet.port}` } : undefined}
      />
      <StillControls packet={packet !== undefined} send={send} steps={steps} />
    </>
  );
  return (
    <figure
      ref={ref}
      className={`${frame.frame} ${styles.map}`}
      data-figure="map"
      aria-label={translate({ id: 'widget.map.name', message: '클러스터 지도' })}
    >
      <Live still={still} near={near}>
        {lab && <LiveMap lab={lab} steps={steps} send={send} packet={packet} />}
      </Live>
      {caption && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}
