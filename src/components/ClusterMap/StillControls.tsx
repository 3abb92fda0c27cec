import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import frame from '../frame.module.css';
import { hostName } from '../trace/names';
import styles from './map.module.css';

interface StillControlsProps {
  /** The figure starts with a packet: room for following it. */
  packet: boolean;
  send: boolean;
  steps: boolean;
}

/** The map's controls before they work: they keep their place, so that the page does not jump. */
export function StillControls({ packet, send, steps }: StillControlsProps): ReactNode {
  return (
    <>
      {packet ? <div className={styles.roomForControls} /> : <p className={styles.empty}>{emptyText()}</p>}
      {send && (
        <div className={frame.bar}>
          <label className={styles.choice}>
            {fromLabel()}
            <select className={`${frame.select} ${styles.select} ${styles.stillSelect}`} disabled>
              <option>{hostName('internet')}</option>
            </select>
          </label>
          <label className={styles.choice}>
            {toLabel()}
            <select className={`${frame.select} ${styles.select} ${styles.stillSelect}`} disabled />
          </label>
          <button type="button" className={frame.button} disabled>
            {sendLabel()}
          </button>
        </div>
      )}
      {packet && steps && <div className={styles.roomForSteps} />}
    </>
  );
}

export const emptyText = (): string =>
  translate({ id: 'widget.map.empty', message: '아직 보낸 패킷이 없다. 아래에서 보내는 곳과 받는 곳을 골라 패킷을 보낸다.' });
export const fromLabel = (): string => translate({ id: 'widget.send.from', message: '보내는 곳' });
export const toLabel = (): string => translate({ id: 'widget.send.to', message: '받는 곳' });
export const sendLabel = (): string => translate({ id: 'widget.send.send', message: '패킷 보내기' });
