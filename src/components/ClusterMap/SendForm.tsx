import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { memo, useMemo, useState, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import frame from '../frame.module.css';
import { usePartOf } from '../LabProvider/context';
import { hostName } from '../trace/names';
import { destinationsOf, sourcesOf, type Destination } from './destinations';
import styles from './map.module.css';
import { fromLabel, sendLabel, toLabel } from './StillControls';

function groupName(group: Destination['group']): string {
  switch (group) {
    case 'service':
      return translate({ id: 'widget.send.service', message: '서비스의 클러스터 IP' });
    case 'node':
      return translate({ id: 'widget.send.node', message: '노드 포트' });
    case 'balancer':
      return translate({ id: 'widget.send.balancer', message: '로드 밸런서 주소' });
    case 'pod':
      return translate({ id: 'widget.send.pod', message: '파드 주소' });
    case 'machine':
      return translate({ id: 'widget.send.machine', message: '클러스터 밖의 장비' });
  }
}

const GROUPS: Destination['group'][] = ['service', 'node', 'balancer', 'pod', 'machine'];

/** Sends a packet without the terminal: from a real object to a real address. */
export const SendForm = memo(function SendForm({ lab }: { lab: Lab }): ReactNode {
  const [from, setFrom] = useState('internet');
  const [to, setTo] = useState('');
  const [problem, setProblem] = useState<string>();
  const nodes = usePartOf(lab, 'nodes');
  const pods = usePartOf(lab, 'pods');
  const services = usePartOf(lab, 'services');
  const sources = useMemo(() => sourcesOf({ nodes, pods }), [nodes, pods]);
  const destinations = useMemo(() => destinationsOf({ nodes, pods, services }), [nodes, pods, services]);
  const offered = destinations.filter((destination) => !destination.label.endsWith(' kubernetes'));
  const chosen = offered.find((destination) => destination.label === to) ?? offered[0];
  const source = sources.includes(from) ? from : 'internet';
  const send = () => {
    if (!chosen) return;
    try {
      lab.connect({ from: source, protocol: chosen.protocol, address: chosen.address, port: chosen.port });
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form
      className={frame.bar}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label className={styles.choice}>
        {fromLabel()}
        <select className={clsx(frame.select, styles.select)} value={source} onChange={(event) => setFrom(event.target.value)}>
          {sources.map((host) => (
            <option key={host} value={host}>
              {hostName(host)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.choice}>
        {toLabel()}
        <select
          className={clsx(frame.select, styles.select)}
          value={chosen?.label ?? ''}
          onChange={(event) => setTo(event.target.value)}
        >
          {GROUPS.map((group) => {
            const members = offered.filter((destination) => destination.group === group);
            return (
              members.length > 0 && (
                <optgroup key={group} label={groupName(group)}>
                  {members.map((destination) => (
                    <option key={destination.label} value={destination.label}>
                      {destination.label}
                    </option>
                  ))}
                </optgroup>
              )
            );
          })}
        </select>
      </label>
      <button type="submit" className={clsx(frame.button, frame.primary)} disabled={!chosen}>
        {sendLabel()}
      </button>
      {problem && (
        <p role="alert" className={frame.failure}>
          {problem}
        </p>
      )}
    </form>
  );
});
