import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import cue from '../Prose/cue.module.css';
import Cue from '../Prose/Cue';
import InProse from '../Prose/InProse';
import MapFigure, { type MapProps } from './MapFigure';

/** Map of the cluster and of a packet's path through it. */
export default function ClusterMap(props: MapProps): ReactNode {
  return (
    <InProse
      cue={
        <Cue part="map" shows={{ view: 'map' }} label={translate({ id: 'widget.map.cue', message: '지도에서 따라간다' })}>
          {props.caption && <p className={cue.caption}>{props.caption}</p>}
        </Cue>
      }
    >
      <MapFigure {...props} />
    </InProse>
  );
}
