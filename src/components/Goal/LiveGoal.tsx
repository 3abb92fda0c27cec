import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, type ReactNode } from 'react';
import { reachedName } from '../../lab/progress/keys';
import { storeReached } from '../../lab/progress/stored';
import type { Check, GoalState, Lab } from '../../lab/types';
import { useLabContext, useLabPart } from '../LabProvider/context';
import { countUpTo, flag, useKept } from '../LabProvider/kept';
import frame from '../frame.module.css';
import { hostName } from '../trace/names';
import { stepsOf } from '../trace/steps';
import { lossWord, outcomeLine, stepWords } from '../trace/words';
import styles from './goal.module.css';
import { Prose } from './Prose';
import { useReplay } from './useReplay';

/** The check that failed, in the terms it is written in: where it looked. */
function checkPlace(check: Check): string {
  if (check.kind === 'probe') return `${hostName(check.from)} → ${check.address}:${check.port} ${check.protocol}`;
  return `${check.resource}/${check.name} ${check.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')}`;
}

function Failure({ state, language }: { state: GoalState; language: 'ko' | 'en' }) {
  const { failedCheck, trace } = state;
  const loss = trace && stepsOf(trace).find((step) => step.kind === 'loss');
  const words = loss && stepWords(loss);
  if (!failedCheck) return null;
  return (
    <div className={frame.failure}>
      <p className={styles.line}>
        <Prose>{failedCheck.failure[language]}</Prose>
      </p>
      <p className={styles.line}>
        <code className={styles.code}>{checkPlace(failedCheck)}</code>
      </p>
      {trace && !loss && <p className={styles.line}>{outcomeLine(trace)}</p>}
      {loss?.loss && words && (
        <p className={styles.line}>
          {translate({ id: 'widget.goal.died', message: '패킷이 끝난 곳:' })} <strong>{words.place}</strong>{' '}
          <code className={styles.code}>{lossWord(loss.loss)}</code> {words.sentence}
        </p>
      )}
    </div>
  );
}

export default function LiveGoal({ lab, id, language }: { lab: Lab; id: string; language: 'ko' | 'en' }): ReactNode {
  const { storage, scenarioName } = useLabContext();
  const goals = useLabPart('goals');
  const state = goals?.find((candidate) => candidate.goal.id === id);
  const [hints, setHints] = useKept(`hints:${id}`, 0, countUpTo(state?.goal.hints.length ?? 0));
  const [solved, setSolved] = useKept(`solution:${id}`, false, flag);
  const [reached, setReached] = useKept(reachedName(id), false, flag);
  const { replaying, replay } = useReplay(lab, state?.goal.solution ?? []);
  const passes = state?.passed ?? false;
  useEffect(() => {
    if (!passes || reached) return;
    storeReached(storage, scenarioName, id, new Date().toISOString());
    setReached(true);
  }, [passes, reached, storage, scenarioName, id]);
  if (!state) {
    return (
      <p className={frame.failure}>
        {translate({ id: 'widget.goal.unknown', message: '이 실습에는 이런 목표가 없다: {id}' }, { id })}
      </p>
    );
  }
  const { goal, passed } = state;
  const next = solved
    ? {
        label: translate({ id: 'widget.goal.replay', message: '터미널에서 풀이 실행' }),
        act: replay,
      }
    : hints < goal.hints.length && !passed
      ? {
          label: translate(
            { id: 'widget.goal.hint', message: '힌트 {number}/{count}' },
            { number: String(hints + 1), count: String(goal.hints.length) },
          ),
          act: () => setHints(hints + 1),
        }
      : {
          label: translate({ id: 'widget.goal.solution', message: '풀이 보기' }),
          act: () => setSolved(true),
        };
  return (
    <div>
      <p className={styles.title}>
        <span className={clsx(styles.state, passed && styles.passed)}>
          {passed
            ? translate({ id: 'widget.goal.passed', message: '이루었다' })
            : reached
              ? translate({ id: 'widget.goal.before', message: '전에 이루었다. 지금은 아니다' })
              : translate({ id: 'widget.goal.open', message: '아직' })}
        </span>
        <Prose>{goal.title[language]}</Prose>
      </p>
      <div role="status">{!passed && <Failure state={state} language={language} />}</div>
      {hints > 0 && (
        <ol className={styles.hints}>
          {goal.hints.slice(0, hints).map((hint, index) => (
            <li key={index}>
              <Prose>{hint[language]}</Prose>
            </li>
          ))}
        </ol>
      )}
      {solved && <pre className={styles.solution}>{goal.solution.map((line) => `$ ${line}`).join('\n')}</pre>}
      <div className={frame.bar}>
        {/* One button for what comes next, so that the focus stays on it. */}
        <button type="button" className={frame.button} disabled={solved && replaying} onClick={next.act}>
          {next.label}
        </button>
      </div>
    </div>
  );
}
