import { translate } from '@docusaurus/Translate';
import { useEffect, useState, type ReactNode } from 'react';
import { decodeLab, type ShareProblem } from '../../lab/share';
import type { SavedLab } from '../../lab/log';
import Dialog from '../Dialog';
import frame from '../frame.module.css';
import { actionText } from '../LabBar/actionText';
import { useLabContext } from '../LabProvider/context';
import styles from './share.module.css';

function problemText(problem: ShareProblem | 'elsewhere'): string {
  switch (problem) {
    case 'version':
      return translate({
        id: 'widget.share.version',
        message: '이 링크는 이 사이트의 더 새로운 버전에서 만든 것이다. 페이지를 새로 고친 뒤 링크를 다시 연다.',
      });
    case 'too-long':
      return translate({ id: 'widget.share.large', message: '이 링크는 실습 하나가 담을 수 있는 것보다 크다. 열지 않았다.' });
    case 'damaged':
      return translate({
        id: 'widget.share.damaged',
        message: '이 링크의 실습을 읽을 수 없다. 링크가 중간에 잘렸을 수 있다. 보낸 사람에게 링크를 다시 받는다.',
      });
    case 'elsewhere':
      return translate({
        id: 'widget.share.elsewhere',
        message: '이 링크의 실습은 다른 레슨의 것이다. 링크가 가리키는 레슨에서 연다.',
      });
  }
}

/** What a link would do in this lab, and the question whether it may. Nothing is run before the answer. */
export default function SharedLabOffer({ text, onDone }: { text: string; onDone: () => void }): ReactNode {
  const { scenarioName, open } = useLabContext();
  const [found, setFound] = useState<{ saved: SavedLab } | { problem: ShareProblem | 'elsewhere' }>();
  useEffect(() => {
    let wanted = true;
    void decodeLab(text)
      .catch(() => ({ problem: 'damaged' as const }))
      .then((result) => {
        if (!wanted) return;
        const elsewhere = 'saved' in result && result.saved.scenario !== scenarioName;
        setFound(elsewhere ? { problem: 'elsewhere' } : result);
      });
    return () => {
      wanted = false;
    };
  }, [text, scenarioName]);
  if (!found) return null;
  const title = translate({ id: 'widget.share.offer', message: '링크로 받은 실습' });
  if ('problem' in found) {
    return (
      <Dialog title={title} onClose={onDone}>
        <p className={frame.failure}>{problemText(found.problem)}</p>
        <p>{translate({ id: 'widget.share.untouched', message: '내 실습은 그대로 있다.' })}</p>
      </Dialog>
    );
  }
  const { saved } = found;
  return (
    <Dialog
      title={title}
      onClose={onDone}
      actions={
        <>
          <button type="button" className={frame.button} onClick={onDone}>
            {translate({ id: 'widget.share.decline', message: '열지 않는다' })}
          </button>
          <button
            type="button"
            className={`${frame.button} ${frame.primary}`}
            onClick={() => {
              open(saved);
              onDone();
            }}
          >
            {translate({ id: 'widget.share.accept', message: '이 실습을 연다' })}
          </button>
        </>
      }
    >
      <p>
        {translate(
          {
            id: 'widget.share.lists',
            message:
              '열면 레슨의 처음 상태에서 아래의 일을 차례대로 한다({count}). 모두 이 페이지 안의 클러스터에서만 일어난다. 내 실습은 그대로 남는다.',
          },
          { count: String(saved.actions.length) },
        )}
      </p>
      {/* A scrolling region is reached by keyboard */}
      <ol className={styles.list} tabIndex={0} aria-label={title}>
        {saved.actions.map((action, index) => (
          <li key={index}>
            {actionText(action)}
            {action.kind === 'write' && (
              <details>
                <summary>{translate({ id: 'widget.share.content', message: '내용' })}</summary>
                <pre className={styles.content}>{action.text}</pre>
              </details>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
