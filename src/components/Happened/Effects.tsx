import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import type { Lab, LabSnapshot } from '../../lab/types';
import { useLabContext } from '../LabProvider/context';
import { hostName } from '../trace/names';
import { useSession } from '../Terminal/useSession';
import { effectsBetween } from './effects';
import styles from './happened.module.css';
import type { LastAction } from './useLastAction';
import { effectSentence } from './words';

/** Fetched with the first action: a page that is only read does without, and one that cannot fetch it goes on without. */
const Noticed = lazy(() => import('./Noticed').catch(() => ({ default: () => null })));

/** A packet that a figure sent to show itself says nothing about what somebody believes. */
const byFigure = ({ kind, idle }: LastAction['action']): boolean => kind === 'connect' && idle === true;

/** More than this is not one line any more. */
const MOST = 3;

interface EffectsProps {
  lab: Lab;
  snapshot: LabSnapshot;
  last: LastAction;
}

/** What the latest action did, told by the difference between two snapshots. */
export default function Effects({ lab, snapshot, last }: EffectsProps): ReactNode {
  const { bench, page } = useLabContext();
  const session = useSession(lab.terminal);
  const effects = useMemo(() => effectsBetween(last.before, snapshot), [last, snapshot]);
  const sentences = effects.slice(0, MOST).map(effectSentence);
  const trace = effects.find((effect) => effect.kind === 'traces')?.traces.at(-1);
  if (sentences.length === 0 && last.action.kind === 'run' && !session.busy) {
    const exit = session.transcript.at(-1)?.exit ?? 0;
    if (/^\s*(exec\s+)?ssh\s+\S+\s*$|^\s*exit\s*$/.test(last.action.line) && exit === 0) {
      sentences.push(
        translate(
          { id: 'widget.happened.place', message: '이제 명령은 여기에서 실행된다: {place}.' },
          { place: hostName(session.place).replace(/^node:/, '') },
        ),
      );
    } else if (last.action.idle) {
      sentences.push(
        exit === 0
          ? translate({ id: 'widget.happened.looked', message: '보기만 했다. 클러스터는 그대로다.' })
          : translate({ id: 'widget.happened.failed', message: '명령이 오류로 끝났다. 클러스터는 그대로다.' }),
      );
    }
  }
  return (
    <>
      <p className={styles.line}>
        {sentences.join(' ')}
        {bench && trace && (
          <>
            {' '}
            <button type="button" className={styles.follow} onClick={() => page.set({ view: 'map', traceId: trace.id, step: 0 })}>
              {translate({ id: 'widget.happened.follow', message: '경로 보기' })}
            </button>
          </>
        )}
      </p>
      {!session.busy && !byFigure(last.action) && (
        <Suspense fallback={null}>
          <Noticed lab={lab} last={last} />
        </Suspense>
      )}
    </>
  );
}
