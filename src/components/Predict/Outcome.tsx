import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import styles from './predict.module.css';

export interface PredictOption {
  value: string;
  label: ReactNode;
}

interface OutcomeProps {
  question: ReactNode;
  options: readonly PredictOption[];
  /** The option that the reader committed to. */
  prediction: string;
  /** The option that happens; without one, only the prediction is shown. */
  answer?: string;
  children?: ReactNode;
}

/** A prediction next to what happened, and why it did. */
export function Outcome({ question, options, prediction, answer, children }: OutcomeProps): ReactNode {
  const label = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  return (
    <>
      <p className={styles.question}>{question}</p>
      <dl className={styles.compare}>
        <div>
          <dt>{translate({ id: 'widget.predict.yours', message: '예측' })}</dt>
          <dd>{label(prediction)}</dd>
        </div>
        {answer !== undefined && (
          <div>
            <dt>{translate({ id: 'widget.predict.happened', message: '실제' })}</dt>
            <dd>{label(answer)}</dd>
          </div>
        )}
      </dl>
      <div>{children}</div>
    </>
  );
}
