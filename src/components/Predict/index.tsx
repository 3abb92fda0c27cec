import { translate } from '@docusaurus/Translate';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { readPredictions } from '../../lab/predictions';
import { useLabContext, useLabSnapshot } from '../LabProvider/context';
import frame from '../frame.module.css';
import styles from './predict.module.css';

interface PredictProps {
  /** One of a kind in its lab: the prediction is kept under it. */
  id: string;
  question: ReactNode;
  options: { value: string; label: ReactNode }[];
  /** The option that happens; shown beside the prediction, not as a mark. */
  answer?: string;
  /** What happened and why, shown after the prediction is made. */
  children?: ReactNode;
}

/** A prediction the reader commits to before anything runs. It is never graded; it stands next to what happened. */
export default function Predict({ id, question, options, answer, children }: PredictProps): ReactNode {
  const { lab, start, storage, scenarioName } = useLabContext();
  const kept = useLabSnapshot()?.predictions[id];
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

  // The button that was pressed is gone: the focus goes on to what took its place.
  useEffect(() => {
    if (pressed.current) result.current?.focus();
    pressed.current = false;
  }, [prediction]);

  const label = (value: string | undefined) => options.find((option) => option.value === value)?.label;
  return (
    <div
      role="group"
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
          <p className={styles.question}>{question}</p>
          <dl className={styles.compare}>
            <div>
              <dt>{translate({ id: 'widget.predict.yours', message: '예측' })}</dt>
              <dd>{label(prediction) ?? prediction}</dd>
            </div>
            {answer !== undefined && (
              <div>
                <dt>{translate({ id: 'widget.predict.happened', message: '실제' })}</dt>
                <dd>{label(answer) ?? answer}</dd>
              </div>
            )}
          </dl>
          <div>{children}</div>
        </div>
      )}
    </div>
  );
}
