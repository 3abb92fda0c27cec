import { translate } from '@docusaurus/Translate';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { readPredictions } from '../../lab/predictions';
import { useLabContext, useLabPart, usePageState } from '../LabProvider/context';
import frame from '../frame.module.css';
import { Outcome, type PredictOption } from './Outcome';
import styles from './predict.module.css';

interface PredictProps {
  /** One of a kind in its lab: the prediction is kept under it. */
  id: string;
  question: ReactNode;
  options: PredictOption[];
  /** The option that happens; shown beside the prediction, not as a mark. */
  answer?: string;
  /** What happened and why, shown after the prediction is made: by the <Predicted> of the same id, or here when the page has none. */
  children?: ReactNode;
}

/** A prediction the reader commits to before anything runs. It is never graded; it stands next to what happened. */
export default function Predict({ id, question, options, answer, children }: PredictProps): ReactNode {
  const { lab, start, storage, scenarioName, page } = useLabContext();
  const later = usePageState('answered')?.includes(id) ?? false;
  const kept = useLabPart('predictions')?.[id];
  const group = useId();
  const [chosen, setChosen] = useState<string>();
  const [committed, setCommitted] = useState<string>();
  const prediction = kept ?? committed;
  const result = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);

  // Made on an earlier visit: shown without waiting for the lab, which a question does not need.
  useEffect(() => setCommitted(readPredictions(storage, scenarioName)[id]), [storage, scenarioName, id]);
  // Made before the lab was there: handed over when it is.
  useEffect(() => {
    if (lab && committed !== undefined && kept === undefined) lab.predict(id, committed);
  }, [lab, committed, kept, id]);

  // For the place further down that shows it again.
  useEffect(() => {
    page.set({ asked: { ...page.get().asked, [id]: { question, options, prediction, answer, children } } });
  }, [page, id, prediction]);

  // The button that was pressed is gone: the focus goes on to what took its place.
  useEffect(() => {
    if (pressed.current) result.current?.focus();
    pressed.current = false;
  }, [prediction]);

  return (
    <div
      role="group"
      id={`predict-${id}`}
      className={`${frame.frame} ${styles.predict}`}
      data-figure="predict"
      aria-label={translate({ id: 'widget.predict.name', message: '예측' })}
    >
      {prediction === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen === undefined) return;
            pressed.current = true;
            setCommitted(chosen);
            start();
          }}
        >
          <fieldset className={styles.options}>
            <legend className={styles.question}>{question}</legend>
            {options.map((option) => (
              <label key={option.value} className={styles.option}>
                <input
                  type="radio"
                  name={group}
                  value={option.value}
                  checked={chosen === option.value}
                  onChange={() => setChosen(option.value)}
                />
                <span>{option.label}</span>
              </label>
            ))}
          </fieldset>
          <div className={frame.bar}>
            <button type="submit" className={`${frame.button} ${frame.primary}`} disabled={chosen === undefined}>
              {translate({ id: 'widget.predict.commit', message: '이렇게 예측한다' })}
            </button>
            <span className={frame.hint}>
              {translate({ id: 'widget.predict.ungraded', message: '채점하지 않는다. 결과 옆에 다시 보여 준다.' })}
            </span>
          </div>
        </form>
      ) : (
        <div ref={result} tabIndex={-1} className={styles.result}>
          {later ? (
            <Outcome question={question} options={options} prediction={prediction}>
              <p className={frame.hint}>
                {translate({
                  id: 'widget.predict.later',
                  message: '이제 실행해 본다. 실제로 일어난 일은 뒤에서 이 예측과 나란히 나온다.',
                })}{' '}
                <a href={`#predicted-${id}`}>{translate({ id: 'widget.predict.there', message: '그 자리로 가기' })}</a>
              </p>
            </Outcome>
          ) : (
            <Outcome question={question} options={options} prediction={prediction} answer={answer}>
              {children}
            </Outcome>
          )}
        </div>
      )}
    </div>
  );
}
