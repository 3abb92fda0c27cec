import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { MomentPair } from '../../lab/compare';
import type { Moment } from '../../lab/timeline';
import frame from '../frame.module.css';
import { laneMark, laneName, momentBy, momentText, sinceText } from '../Timeline/momentText';
import styles from './compare.module.css';

interface MomentTableProps {
  rows: readonly MomentPair[];
  /** When the learner arrived, virtual ms since the epoch. */
  start: number;
  names: readonly [string, string];
}

/** What happened in both runs since they parted; the same things stand in one row. */
export function MomentTable({ rows, start, names }: MomentTableProps): ReactNode {
  if (rows.length === 0) {
    return (
      <p className={frame.empty}>
        {translate({ id: 'widget.compare.noMoments', message: '갈라진 뒤로 아무 일도 일어나지 않았다.' })}
      </p>
    );
  }
  return (
    <div
      className={clsx(styles.scroll, styles.moments)}
      tabIndex={0}
      role="group"
      aria-label={translate({ id: 'widget.compare.timelines', message: '갈라진 뒤의 타임라인' })}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{translate({ id: 'widget.compare.time', message: '시각' })}</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ left, right }) => {
            const single = left === undefined || right === undefined;
            const differs = !single && endsOtherwise(left, right);
            const sign = single
              ? translate({ id: 'widget.compare.only', message: '이 실행에만' })
              : differs
                ? `≠ ${translate({ id: 'widget.compare.differs', message: '다르다' })}`
                : undefined;
            return (
              <tr key={`${left?.id} ${right?.id}`} className={clsx(sign === undefined && styles.same)}>
                <th scope="row" className={frame.mono}>
                  {sinceText((left ?? right)!.time, start)}
                </th>
                <MomentCell moment={left} sign={sign} />
                <MomentCell moment={right} sign={sign} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The same request came to something else; which of several pods answered is chance. */
const endsOtherwise = (left: Moment, right: Moment): boolean =>
  left.kind === 'packet' &&
  right.kind === 'packet' &&
  (left.trace.outcome !== right.trace.outcome || left.trace.sourceSeen !== right.trace.sourceSeen);

function MomentCell({ moment, sign }: { moment: Moment | undefined; sign: string | undefined }): ReactNode {
  if (!moment) return <td className={styles.absent}>–</td>;
  const by = momentBy(moment);
  return (
    <td className={clsx(sign !== undefined && styles.differs)}>
      {sign !== undefined && <strong className={styles.sign}>{sign}</strong>}
      <span aria-hidden="true" className={frame.mono}>
        {laneMark[moment.kind]}{' '}
      </span>
      <span className={frame.hidden}>{laneName(moment.kind)}</span>
      {momentText(moment)}
      {by && <span className={styles.by}> {by}</span>}
    </td>
  );
}
