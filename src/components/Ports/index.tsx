import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './ports.module.css';

const LivePorts = lazy(() => import('./LivePorts'));

interface PortsProps {
  /** A Service of the namespace `default`. */
  service: string;
  /** The file of the lab that describes it. */
  file: string;
}

/** Where each number of a Service port shows: manifest, `get svc`, rule, hop, socket. A number that is changed is applied. */
export default function Ports({ service, file }: PortsProps): ReactNode {
  const { lab } = useLabContext();
  const [ref, near] = useNear<HTMLElement>();
  const waiting = (
    <p className={frame.empty}>
      {translate({
        id: 'widget.ports.waiting',
        message: '서비스 포트의 세 번호가 매니페스트에서 파드의 소켓까지 어디에 나오는지 여기에 그려진다.',
      })}
    </p>
  );
  return (
    <section
      ref={ref}
      className={`${frame.frame} ${styles.figure}`}
      data-figure="ports"
      aria-label={translate({ id: 'widget.ports.name', message: '포트의 띠' })}
    >
      <Live still={waiting} near={near}>
        {lab && <LivePorts lab={lab} service={service} file={file} />}
      </Live>
    </section>
  );
}
