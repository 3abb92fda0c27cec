import { translate } from '@docusaurus/Translate';
import { useEffect, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { useLabContext, usePageState } from '../LabProvider/context';
import { Outcome } from '../Predict/Outcome';
import styles from '../Predict/predict.module.css';

interface PredictedProps {
  /** The `id` of a <Predict> that stands above. */
  id: string;
}

/** What the reader predicted above, next to what happened since. The <Predict> of that id then keeps its answer for this place. */
export default function Predicted({ id }: PredictedProps): ReactNode {
  const { page } = useLabContext();
  const asked = usePageState('asked')?.[id];
  useEffect(() => {
    page.set({ answered: [...(page.get().answered ?? []), id] });
    return () => page.set({ answered: page.get().answered?.filter((other) => other !== id) });
  }, [page, id]);
  return (
    <div
      role="group"
      id={`predicted-${id}`}
      className={`${frame.frame} ${styles.predict}`}
      data-figure="predicted"
      aria-label={translate({ id: 'widget.predicted.name', message: '예측과 실제' })}
    >
      {asked?.prediction === undefined ? (
        <p className={frame.hint}>
          {translate({
            id: 'widget.predicted.none',
            message: '아직 예측하지 않았다. 예측하면 실제로 일어난 일이 그 옆에 나온다.',
          })}{' '}
          <a href={`#predict-${id}`}>{translate({ id: 'widget.predicted.go', message: '예측하러 가기' })}</a>
        </p>
      ) : (
        <Outcome {...asked} prediction={asked.prediction} />
      )}
    </div>
  );
}
