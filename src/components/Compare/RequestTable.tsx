import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import type { TracePair } from '../../lab/compare';
import frame from '../frame.module.css';
import { endpoint } from '../trace/endpoint';
import { hostName } from '../trace/names';
import { outcomeLine } from '../trace/words';
import styles from './compare.module.css';

interface RequestTableProps {
  pairs: readonly TracePair[];
  names: readonly [string, string];
  chosen: number;
  onChoose: (index: number) => void;
}

/** Each request with what came of it in both runs; the maps show the one that is chosen. */
export function RequestTable({ pairs, names, chosen, onChoose }: RequestTableProps): ReactNode {
  return (
    <div
      className={styles.scroll}
      tabIndex={0}
      role="group"
      aria-label={translate({ id: 'widget.compare.requests', message: '같은 요청의 결과' })}
    >
      <table className={clsx(styles.table, styles.requests)}>
        <thead>
          <tr>
            <th scope="col">{translate({ id: 'widget.compare.request', message: '요청' })}</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, index) => {
            const { from, destination, destinationPort, protocol } = (pair.left ?? pair.right)!;
            return (
              <tr key={index} className={clsx(index === chosen && styles.chosen)}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.request}
                    aria-pressed={index === chosen}
                    onClick={() => onChoose(index)}
                  >
                    {hostName(from)} →{' '}
                    <span className={frame.mono}>{`${endpoint(destination, destinationPort)} ${protocol}`}</span>
                  </button>
                </th>
                <Result trace={pair.left} differs={pair.differs} />
                <Result trace={pair.right} differs={pair.differs} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What the trace came to; a sign and a word mark what the other run does not agree with. */
function Result({ trace, differs }: { trace: Trace | undefined; differs: TracePair['differs'] }): ReactNode {
  if (!trace)
    return <td className={styles.differs}>{translate({ id: 'widget.compare.notMade', message: '이 실행에는 없는 요청' })}</td>;
  const [outcome, ...facts] = outcomeLine(trace).split(' · ');
  const source = trace.sourceSeen === undefined ? undefined : facts.pop();
  return (
    <td className={clsx((differs.outcome || differs.source) && styles.differs)}>
      <Fact text={outcome} differs={differs.outcome} />
      {facts.map((fact) => (
        <Fact key={fact} text={fact} />
      ))}
      <Fact text={source} differs={differs.source} />
    </td>
  );
}

function Fact({ text, differs = false }: { text: string | undefined; differs?: boolean }): ReactNode {
  if (text === undefined) return null;
  if (!differs) return <span className={styles.fact}>{text}</span>;
  return (
    <strong className={styles.fact}>
      <span aria-hidden="true">≠ </span>
      {text}
      <span className={frame.hidden}> ({translate({ id: 'widget.compare.differs', message: '다르다' })})</span>
    </strong>
  );
}
