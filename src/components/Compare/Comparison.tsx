import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';
import { alignMoments, objectDifferences, pairTraces, partingTime } from '../../lab/compare';
import type { Run } from '../../lab/runs';
import type { Lab, LabSnapshot } from '../../lab/types';
import Dialog from '../Dialog';
import { LabContext, useLabContext, type PageState } from '../LabProvider/context';
import { createStore, type Store } from '../LabProvider/store';
import { sinceText } from '../Timeline/momentText';
import frame from '../frame.module.css';
import styles from './compare.module.css';
import { FieldTable } from './FieldTable';
import { MomentTable } from './MomentTable';
import { RequestTable } from './RequestTable';
import { sideStore } from './sideStore';

const LiveMap = lazy(() => import('../ClusterMap/LiveMap'));

/** A step beyond the last: each side shows how its packet ended. */
const atEnd = 1000;

interface ComparisonProps {
  lab: Lab;
  run: Run;
  /** The lab in which that run has been done already; otherwise it is done again here. */
  twin?: Lab;
  /** The name of the lab's own run. */
  current: string;
  onClose: () => void;
}

/** Two runs side by side: the lab's own at the left, a kept one at the right. */
export default function Comparison({ lab, run, twin: given, current, onClose }: ComparisonProps): ReactNode {
  const [made, setMade] = useState<Lab>();
  const twin = given ?? made;
  useEffect(() => {
    if (given) return () => given.dispose();
    let wanted = true;
    const next = lab.twin(run.saved);
    void next.ready
      .catch(() => undefined)
      .then(() => {
        if (wanted) setMade(next);
      });
    return () => {
      wanted = false;
      next.dispose();
    };
  }, [lab, run, given]);
  return (
    <Dialog wide title={translate({ id: 'widget.compare.title', message: '두 실행을 나란히' })} onClose={onClose}>
      {twin ? (
        <Sides left={lab} right={twin} names={[current, run.name]} saved={run.saved} />
      ) : (
        <p role="status" className={frame.hint}>
          {translate({ id: 'widget.compare.replaying', message: '남겨 둔 실행을 되풀이하고 있다.' })}
        </p>
      )}
    </Dialog>
  );
}

interface SidesProps {
  left: Lab;
  right: Lab;
  names: readonly [string, string];
  saved: Run['saved'];
}

function Sides({ left, right, names, saved }: SidesProps): ReactNode {
  // The lab's clock goes on behind the dialog; what is compared stands still.
  const [{ parting, start, a, b }] = useState(() => {
    const [own, other]: [LabSnapshot, LabSnapshot] = [left.getSnapshot(), right.getSnapshot()];
    const mine = left.saved();
    return { parting: partingTime(mine, saved), start: own.time - mine.time, a: own, b: other };
  });
  const since = start + parting;
  const pairs = useMemo(() => pairTraces(a.traces, b.traces, since), [a, b, since]);
  // What is most telling first: another outcome, then another source.
  const [chosen, choose] = useState(() => {
    const found = (['outcome', 'source'] as const).map((what) => pairs.findIndex(({ differs }) => differs[what]));
    return found.find((index) => index >= 0) ?? 0;
  });
  const differences = useMemo(() => objectDifferences(a, b), [a, b]);
  const rows = useMemo(() => alignMoments(a.moments, b.moments, since), [a, b, since]);
  const [both] = useState(() => createStore<PageState>({ step: atEnd }));
  const pair = pairs[chosen];
  const [one, other] = useMemo(() => [sideStore(both, pair?.left?.id), sideStore(both, pair?.right?.id)], [both, pair]);
  return (
    <>
      <p>
        {translate(
          {
            id: 'widget.compare.summary',
            message: '갈라진 시각: {time}. 그때까지는 둘이 같다. 왼쪽: {left} / 오른쪽: {right}',
          },
          { time: sinceText(parting, 0), left: names[0], right: names[1] },
        )}
      </p>
      <h3 className={styles.heading}>{translate({ id: 'widget.compare.requests', message: '같은 요청의 결과' })}</h3>
      {pairs.length === 0 ? (
        <p className={frame.empty}>
          {translate({
            id: 'widget.compare.noRequests',
            message: '갈라진 뒤에 보낸 요청이 없다. 두 실행에서 같은 요청을 보내면 여기에서 비교한다.',
          })}
        </p>
      ) : (
        <>
          <RequestTable
            pairs={pairs}
            names={names}
            chosen={chosen}
            onChoose={(index) => {
              choose(index);
              both.set({ step: atEnd });
            }}
          />
          <div className={styles.sides}>
            {pair?.left && <Side lab={left} page={one!} name={names[0]} />}
            {pair?.right && <Side lab={right} page={other!} name={names[1]} />}
          </div>
        </>
      )}
      <h3 className={styles.heading}>{translate({ id: 'widget.compare.fields', message: '서로 다른 필드' })}</h3>
      <FieldTable differences={differences} names={names} />
      <h3 className={styles.heading}>{translate({ id: 'widget.compare.timelines', message: '갈라진 뒤의 타임라인' })}</h3>
      <MomentTable rows={rows} start={start} names={names} />
    </>
  );
}

/** One run's map and list of steps: the same widgets, on that run's lab. */
function Side({ lab, page, name }: { lab: Lab; page: Store<PageState>; name: string }): ReactNode {
  const context = useLabContext();
  const value = useMemo(() => ({ ...context, lab, feed: undefined, bench: false, page }), [context, lab, page]);
  return (
    <section className={styles.side} aria-label={name}>
      <h4 className={styles.sideName}>{name}</h4>
      <LabContext value={value}>
        <Suspense fallback={null}>
          <LiveMap lab={lab} steps send={false} inBench={false} picker={false} />
        </Suspense>
      </LabContext>
    </section>
  );
}
