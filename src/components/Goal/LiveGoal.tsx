import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useState, type ReactNode } from 'react';
import type { Check, GoalState, Lab } from '../../lab/types';
import { useLabPart } from '../LabProvider/context';
import { countUpTo, flag, useKept } from '../LabProvider/kept';
import frame from '../frame.module.css';
import { hostName } from '../trace/names';
import { stepsOf } from '../trace/steps';
import { lossWord, outcomeLine, stepWords } from '../trace/words';
import styles from './goal.module.css';
import { Prose } from './Prose';

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
  const goals = useLabPart('goals');
  const state = goals?.find((candidate) => candidate.goal.id === id);
  const [hints, setHints] = useKept(`hints:${id}`, 0, countUpTo(state?.goal.hints.length ?? 0));
  const [solved, setSolved] = useKept(`solution:${id}`, false, flag);
  const [reached, setReached] = useKept(`reached:${id}`, false, flag);
  const [replaying, setReplaying] = useState(false);
  const passes = state?.passed ?? false;
  useEffect(() => {
    if (passes && !reached) setReached(true);
  }, [passes, reached]);
  if (!state) {
    return (
      <p className={frame.failure}>
        {translate({ id: 'widget.goal.unknown', message: '이 실습에는 이런 목표가 없다: {id}' }, { id })}
      </p>
    );
  }
  const { goal, passed } = state;
  const replay = async () => {
    setReplaying(true);
    try {
      for (const line of goal.solution) await lab.terminal.run(line);
    } finally {
      setReplaying(false);
    }
  };
  const next = solved
    ? {
        label: translate({ id: 'widget.goal.replay', message: '터미널에서 풀이 실행' }),
        act: () => void replay(),
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
        <button type="button" className={frame.button} disabled={solved && (replaying || lab.terminal.busy)} onClick={next.act}>
          {next.label}
        </button>
      </div>
    </div>
  );
}
