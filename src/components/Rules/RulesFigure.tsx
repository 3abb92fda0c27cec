import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import styles from './rules.module.css';

const LiveRules = lazy(() => import('./LiveRules'));

/** The rules themselves, wherever they stand. `inBench`: they fill their place. */
export default function RulesFigure({ node, inBench = false }: { node?: string; inBench?: boolean }): ReactNode {
  const { lab } = useLabContext();
  const [ref, near] = useNear<HTMLDivElement>();
  const waiting = (
    <p className={frame.empty}>
      {translate({
        id: 'widget.rules.waiting',
        message: '노드의 패킷 규칙이 체인별로 여기에 나온다. 패킷을 보내면 지나간 규칙에 단계의 번호가 붙는다.',
      })}
    </p>
  );
  return (
    <div
      role="group"
      ref={ref}
      className={inBench ? styles.inBench : `${frame.frame} ${styles.inline}`}
      data-figure="rules"
      aria-label={translate({ id: 'widget.rules.name', message: '규칙' })}
    >
      <Live still={waiting} near={near}>
        {lab && <LiveRules lab={lab} node={node} inBench={inBench} />}
      </Live>
    </div>
  );
}
