import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import frame from '../frame.module.css';
import { useLabContext, useLabPart, usePageState } from '../LabProvider/context';
import styles from './labbar.module.css';

function problemText(problem: 'unreadable' | 'outdated', shared: boolean): string {
  if (shared) {
    return translate({
      id: 'widget.lab.sharedOutdated',
      message: '이 링크의 실습은 이 레슨의 다른 버전에서 만들어져 그대로 재현할 수 없다. 대신 레슨의 처음 상태를 보여 준다.',
    });
  }
  return problem === 'outdated'
    ? translate({
        id: 'widget.lab.outdated',
        message:
          '지난 방문 뒤로 이 레슨의 실습이 바뀌어, 그때의 상태를 이어 갈 수 없다. 저장된 내용은 지우지 않고 이 브라우저에 따로 두었다. 실습은 처음 상태에서 시작한다.',
      })
    : translate({
        id: 'widget.lab.unreadable',
        message:
          '지난 방문에서 저장한 실습이 손상되어 읽을 수 없다. 저장된 내용은 지우지 않고 이 브라우저에 따로 두었다. 실습은 처음 상태에서 시작한다.',
      });
}

/** What a reader must know about where this lab came from, and whether it lasts. */
export default function LabNotice(): ReactNode {
  const { shared, open, page } = useLabContext();
  const problem = useLabPart('problem');
  const noticed = usePageState('noticed');
  const unkept = usePageState('unkept');
  return (
    <>
      {problem && !noticed && (
        <div className={styles.notice}>
          <p>{problemText(problem, shared)}</p>
          <button type="button" className={frame.button} onClick={() => page.set({ noticed: true })}>
            {translate({ id: 'widget.lab.noticed', message: '확인' })}
          </button>
        </div>
      )}
      {unkept && !shared && (
        <div className={styles.notice}>
          <p>
            {translate({
              id: 'widget.lab.unkept',
              message:
                '브라우저의 저장 공간이 가득 찼거나 막혀 있어 더 저장하지 못한다. 지금부터 여기에서 하는 일은 이 탭을 닫거나 새로 고치면 사라진다.',
            })}
          </p>
          <button type="button" className={frame.button} onClick={() => page.set({ unkept: false })}>
            {translate({ id: 'widget.lab.noticed', message: '확인' })}
          </button>
        </div>
      )}
      {shared && (
        <div className={styles.notice}>
          <p>
            {translate({
              id: 'widget.lab.isShared',
              message: '링크로 받은 실습을 보고 있다. 여기에서 하는 일은 저장되지 않고, 내 실습은 그대로 있다.',
            })}
          </p>
          <button type="button" className={frame.button} onClick={() => open()}>
            {translate({ id: 'widget.lab.own', message: '내 실습으로 돌아가기' })}
          </button>
        </div>
      )}
    </>
  );
}
