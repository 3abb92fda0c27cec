import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { FieldDifference } from '../../lab/compare';
import frame from '../frame.module.css';
import styles from './compare.module.css';

interface FieldTableProps {
  differences: readonly FieldDifference[];
  names: readonly [string, string];
}

/** Where the objects of two runs differ. */
export function FieldTable({ differences, names }: FieldTableProps): ReactNode {
  if (differences.length === 0) {
    return (
      <p className={frame.empty}>
        {translate({ id: 'widget.compare.noFields', message: '서비스, 엔드포인트슬라이스, 파드, 노드가 모두 같다.' })}
      </p>
    );
  }
  const missing = translate({ id: 'widget.compare.missing', message: '없음' });
  return (
    <div
      className={styles.scroll}
      tabIndex={0}
      role="group"
      aria-label={translate({ id: 'widget.compare.fields', message: '서로 다른 필드' })}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{translate({ id: 'widget.compare.field', message: '필드' })}</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ object, path, left, right }) => (
            <tr key={`${object} ${path}`}>
              <th scope="row" className={frame.mono}>
                {object}
                {path && <span className={styles.fact}>{path}</span>}
              </th>
              <td className={frame.mono}>{left ?? missing}</td>
              <td className={frame.mono}>{right ?? missing}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
