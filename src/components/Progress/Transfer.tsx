import Translate, { translate } from '@docusaurus/Translate';
import { useId, useState, type ReactNode } from 'react';
import { progressText, type Progress } from '../../lab/progress/file';
import frame from '../frame.module.css';
import { copyText } from '../Terminal/copy';
import { download } from './download';
import { Incoming } from './Incoming';
import styles from './progress.module.css';
import { readFile, readText } from './readFile';

/** Takes progress to another browser and back: as a file, or as text where files are a trouble (phones, remote desktops). */
export function Transfer({ progress, onTake }: { progress?: Progress; onTake: (merged: Progress) => void }): ReactNode {
  const [incoming, setIncoming] = useState<Progress>();
  const [said, setSaid] = useState<{ text: string; refused?: true }>();
  const [pasted, setPasted] = useState('');
  const id = useId();
  const take = ({ progress: read, refused }: ReturnType<typeof readText>) => {
    setSaid(
      refused === undefined
        ? undefined
        : {
            text: `${refused} ${translate({ id: 'progress.unchanged', message: '이 브라우저의 진도는 그대로다.' })}`,
            refused: true,
          },
    );
    setIncoming(read);
  };
  return (
    <section aria-labelledby="transfer">
      <h2 id="transfer">
        <Translate id="progress.transfer">다른 브라우저로 옮기기</Translate>
      </h2>
      <p>
        <Translate id="progress.transferText">
          진도 파일에는 이룬 목표와 날짜, 예측, 이름이 들어간다. 터미널에서 한 일과 파일은 들어가지 않는다. 그것은 레슨의 공유
          링크로 옮긴다. 가져오면 둘 중 더 나아간 쪽이 남는다.
        </Translate>
      </p>
      <div className={frame.bar}>
        <button
          type="button"
          className={frame.button}
          disabled={!progress}
          onClick={() => {
            if (!progress) return;
            download(
              `packet-to-pod-${progress.saved.slice(0, 10)}.json`,
              'application/json',
              progressText({ ...progress, saved: new Date().toISOString() }),
            );
          }}
        >
          {translate({ id: 'progress.export', message: '진도 파일 내보내기' })}
        </button>
        <button
          type="button"
          className={frame.button}
          disabled={!progress}
          onClick={() => {
            if (!progress) return;
            void copyText(progressText(progress)).then((copied) =>
              setSaid({
                text: copied
                  ? translate({ id: 'progress.copied', message: '진도를 텍스트로 복사했다.' })
                  : translate({ id: 'progress.notCopied', message: '브라우저가 복사를 막았다. 파일로 내보낸다.' }),
              }),
            );
          }}
        >
          {translate({ id: 'progress.copy', message: '텍스트로 복사' })}
        </button>
      </div>
      <p className={styles.field}>
        <label htmlFor={`${id}-file`}>{translate({ id: 'progress.import', message: '진도 파일 가져오기' })}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".json,application/json"
          disabled={!progress}
          onChange={(event) => {
            const { files } = event.target;
            const file = files?.[0];
            if (file) void readFile(file).then(take);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
      </p>
      <details>
        <summary>{translate({ id: 'progress.pasteTitle', message: '복사한 텍스트에서 가져오기' })}</summary>
        <p className={styles.field}>
          <label htmlFor={`${id}-text`}>{translate({ id: 'progress.paste', message: '진도 텍스트' })}</label>
          <textarea
            id={`${id}-text`}
            className={`${frame.input} ${frame.mono}`}
            rows={4}
            value={pasted}
            spellCheck={false}
            onChange={(event) => setPasted(event.target.value)}
          />
        </p>
        <button type="button" className={frame.button} disabled={!progress || !pasted} onClick={() => take(readText(pasted))}>
          {translate({ id: 'progress.pasteTake', message: '가져오기' })}
        </button>
      </details>
      <p role="status" className={said?.refused && frame.failure}>
        {said?.text}
      </p>
      {incoming && progress && (
        <Incoming
          mine={progress}
          file={incoming}
          onTake={(merged, { goals, predictions }) => {
            onTake(merged);
            setPasted('');
            setSaid({
              text: translate(
                { id: 'progress.merged', message: '합쳤다. 새로 온 것: 목표 {goals}개, 예측 {predictions}개.' },
                { goals: String(goals), predictions: String(predictions) },
              ),
            });
          }}
          onClose={() => setIncoming(undefined)}
        />
      )}
    </section>
  );
}
