import { translate } from '@docusaurus/Translate';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { seedOf } from '../../lab/exam/name';
import { touched } from '../../lab/exam/touched';
import { storeReached } from '../../lab/progress/stored';
import type { Lab } from '../../lab/types';
import Asked from '../Dialog/Asked';
import { useLabContext, usePartOf } from '../LabProvider/context';
import { someOf, useKept } from '../LabProvider/kept';
import frame from '../frame.module.css';
import styles from './exam.module.css';
import { Result } from './Result';
import { anotherSeed, Seed } from './Seed';
import { Task } from './Task';
import { useChooseSeed, useSeedInAddress } from './seed';

interface LiveExamProps {
  lab: Lab;
  language: 'ko' | 'en';
  /** Set when the reader asked for another exam from here. */
  awaited: RefObject<boolean>;
}

const none: readonly number[] = [];

export default function LiveExam({ lab, language, awaited }: LiveExamProps): ReactNode {
  const { storage } = useLabContext();
  const goals = usePartOf(lab, 'goals');
  const pods = usePartOf(lab, 'pods');
  const services = usePartOf(lab, 'services');
  const endpointSlices = usePartOf(lab, 'endpointSlices');
  const [givenUp, setGivenUp] = useKept<readonly number[]>('given-up', none, someOf(goals.length));
  const [asking, setAsking] = useState<'again' | 'end'>();
  const [ended, setEnded] = useState(false);
  const choose = useChooseSeed();
  const score = useRef<HTMLParagraphElement>(null);
  const seed = seedOf(lab.scenario.name);
  useSeedInAddress(seed);
  const found = lab.stateAt(0);
  const right = goals.map(({ passed }, index) => passed && !givenUp.includes(index));
  const count = right.filter(Boolean).length;
  const open = goals.flatMap((_, index) => (right[index] || givenUp.includes(index) ? [] : [index]));
  const passedAll = seed !== undefined && count === goals.length;

  useEffect(() => {
    if (passedAll) storeReached(storage, 'exam', 'passed', new Date().toISOString());
  }, [passedAll, storage]);
  useEffect(() => {
    if (awaited.current) score.current?.focus();
    awaited.current = false;
  }, [awaited]);

  const take = (next: number) => {
    awaited.current = true;
    choose(next);
  };
  const again = () => {
    lab.reset();
    setGivenUp(none);
    setEnded(false);
  };
  return (
    <>
      {seed !== undefined && <Seed seed={seed} onChoose={take} />}
      <p ref={score} tabIndex={-1} role="status" className={styles.score}>
        {translate(
          { id: 'widget.exam.score', message: '맞은 과제: {right}/{count}' },
          { right: String(count), count: String(goals.length) },
        )}
      </p>
      <ol className={styles.tasks}>
        {goals.map((state, index) => (
          <Task
            key={state.goal.id}
            lab={lab}
            state={state}
            language={language}
            givenUp={givenUp.includes(index)}
            touched={!state.goal.exam || touched(found, { pods, services, endpointSlices }, state.goal.exam.namespaces)}
            onGiveUp={() => setGivenUp([...givenUp, index])}
          />
        ))}
      </ol>
      {open.length === 0 && <Result goals={goals.map(({ goal }) => goal)} right={right} focused={ended} />}
      <div className={frame.bar}>
        {open.length > 0 && (
          <button type="button" className={frame.button} onClick={() => setAsking('end')}>
            {translate({ id: 'widget.exam.end', message: '여기서 끝내기' })}
          </button>
        )}
        <button type="button" className={frame.button} onClick={() => setAsking('again')}>
          {translate({ id: 'widget.exam.again', message: '같은 시험 다시 보기' })}
        </button>
        {open.length === 0 && seed !== undefined && (
          <button type="button" className={frame.button} onClick={() => take(anotherSeed(seed))}>
            {translate({ id: 'widget.exam.new', message: '새 시험' })}
          </button>
        )}
      </div>
      {asking === 'end' && (
        <Asked
          title={translate({ id: 'widget.exam.endTitle', message: '시험을 끝낼까?' })}
          text={translate({
            id: 'widget.exam.endText',
            message: '남은 과제는 모두 포기한 것이 되고, 풀이와 다룬 레슨이 나온다.',
          })}
          act={translate({ id: 'widget.exam.endYes', message: '끝낸다' })}
          onAct={() => {
            setGivenUp([...givenUp, ...open]);
            setEnded(true);
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'again' && (
        <Asked
          title={translate({ id: 'widget.exam.againTitle', message: '같은 시험을 처음부터 다시 볼까?' })}
          text={translate({
            id: 'widget.exam.againText',
            message:
              '클러스터, 파일, 터미널이 처음 상태로 돌아가고, 포기한 과제도 다시 풀 수 있다. 이 시험에서 한 일은 되살릴 수 없다.',
          })}
          act={translate({ id: 'widget.exam.againYes', message: '다시 본다' })}
          onAct={again}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
