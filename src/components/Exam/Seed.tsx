import { translate } from '@docusaurus/Translate';
import { useId, useState, type ReactNode } from 'react';
import { lastSeed, parseSeed } from '../../lab/exam/name';
import frame from '../frame.module.css';

/** Another seed than this one. */
export function anotherSeed(seed: number): number {
  return ((seed + Math.floor(Math.random() * (lastSeed - 1))) % lastSeed) + 1;
}

/** Which exam this is, and ways to another. */
export function Seed({ seed, onChoose }: { seed: number; onChoose: (seed: number) => void }): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const next = typed === undefined ? seed : parseSeed(typed);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (next !== undefined && next !== seed) onChoose(next);
        else if (next === seed) setTyped(undefined);
      }}
    >
      <div className={frame.bar}>
        <label htmlFor={id}>{translate({ id: 'widget.exam.seed', message: '이 시험의 시드' })}</label>
        <input
          id={id}
          className={`${frame.input} ${frame.mono}`}
          inputMode="numeric"
          autoComplete="off"
          size={7}
          value={typed ?? seed}
          aria-invalid={next === undefined}
          aria-describedby={next === undefined ? `${id}wrong` : undefined}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button type="submit" className={frame.button} disabled={next === undefined || next === seed}>
          {translate({ id: 'widget.exam.open', message: '이 시드로 열기' })}
        </button>
        <button type="button" className={frame.button} onClick={() => onChoose(anotherSeed(seed))}>
          {translate({ id: 'widget.exam.new', message: '새 시험' })}
        </button>
      </div>
      {next === undefined && (
        <p id={`${id}wrong`} role="alert" className={frame.failure}>
          {translate({ id: 'playground.wrong', message: '1부터 {most}까지의 정수를 적는다.' }, { most: String(lastSeed) })}
        </p>
      )}
    </form>
  );
}
