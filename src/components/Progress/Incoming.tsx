import { translate } from '@docusaurus/Translate';
import { useState, type ReactNode } from 'react';
import type { Progress } from '../../lab/progress/file';
import { differences, mergeProgress } from '../../lab/progress/merge';
import { knownProgress } from '../../lab/progress/stored';
import Dialog from '../Dialog';
import frame from '../frame.module.css';
import { course } from './useStored';

/** Says what a file would bring and asks before anything is taken from it. */
export function Incoming({
  mine,
  file,
  onTake,
  onClose,
}: {
  mine: Progress;
  file: Progress;
  onTake: (merged: Progress, brought: { goals: number; predictions: number }) => void;
  onClose: () => void;
}): ReactNode {
  const [replace, setReplace] = useState(false);
  const { known, unknown } = knownProgress(file, course);
  const found = differences(mine, known);
  const differ = found.otherPredictions > 0 || found.otherName;
  const name = file.name || translate({ id: 'progress.noName', message: '이름 없음' });
  return (
    <Dialog
      title={translate({ id: 'progress.incoming', message: '이 파일의 진도를 합칠까?' })}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={frame.button} onClick={onClose}>
            {translate({ id: 'widget.lab.resetNo', message: '그대로 둔다' })}
          </button>
          <button
            type="button"
            className={`${frame.button} ${frame.primary}`}
            onClick={() => {
              onTake(replace ? mergeProgress(known, mine) : mergeProgress(mine, known), found);
              onClose();
            }}
          >
            {translate({ id: 'progress.merge', message: '합친다' })}
          </button>
        </>
      }
    >
      <p>
        {translate(
          {
            id: 'progress.found',
            message:
              '파일의 이름: {name}. 저장한 때: {saved}. 여기에 없는 것: 목표 {goals}개, 예측 {predictions}개. 이 브라우저에서 이룬 것은 그대로 남는다.',
          },
          {
            name,
            saved: new Date(file.saved).toLocaleString(),
            goals: String(found.goals),
            predictions: String(found.predictions),
          },
        )}
      </p>
      {unknown > 0 && (
        <p>
          {translate(
            { id: 'progress.unknownGoals', message: '이 사이트의 과정에 없는 목표가 {count}개 있다. 이것은 가져오지 않는다.' },
            { count: String(unknown) },
          )}
        </p>
      )}
      {differ && (
        <label>
          <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />{' '}
          {translate(
            {
              id: 'progress.replace',
              message:
                '서로 다른 것은 파일의 것으로 바꾼다: 예측 {predictions}개, 이름 {names}개. 표시하지 않으면 여기 것을 둔다.',
            },
            { predictions: String(found.otherPredictions), names: found.otherName ? '1' : '0' },
          )}
        </label>
      )}
    </Dialog>
  );
}
