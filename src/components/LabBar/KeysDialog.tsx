import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import Dialog from '../Dialog';
import styles from './labbar.module.css';

/** Every key that means something in a lab. */
export default function KeysDialog({ onClose }: { onClose: () => void }): ReactNode {
  const groups: { name: string; keys: [string, string][] }[] = [
    {
      name: translate({ id: 'widget.keys.lab', message: '실습 어디에서나' }),
      keys: [
        ['Alt-Z', translate({ id: 'widget.keys.undo', message: '마지막으로 한 일을 되돌린다' })],
        ['Alt-Shift-Z', translate({ id: 'widget.keys.redo', message: '되돌린 일을 다시 한다' })],
      ],
    },
    {
      name: translate({ id: 'widget.keys.terminal', message: '터미널' }),
      keys: [
        ['Tab', translate({ id: 'widget.keys.complete', message: '명령, 이름, 플래그, 파일을 자동 완성한다' })],
        ['↑ ↓', translate({ id: 'widget.keys.history', message: '지난 명령을 부른다' })],
        ['Ctrl-R', translate({ id: 'widget.keys.search', message: '지난 명령을 찾는다' })],
        ['Ctrl-C', translate({ id: 'widget.keys.interrupt', message: '도는 명령을 멈춘다. 글자를 선택했으면 복사한다' })],
        ['Ctrl-L', translate({ id: 'widget.keys.clear', message: '화면을 지운다' })],
        ['Esc, Tab', translate({ id: 'widget.keys.leave', message: '터미널이나 편집기에서 나간다' })],
      ],
    },
    {
      name: translate({ id: 'widget.keys.map', message: '지도' }),
      keys: [
        ['← →', translate({ id: 'widget.keys.step', message: '패킷의 앞 단계와 다음 단계로 간다' })],
        ['Home, End', translate({ id: 'widget.keys.ends', message: '첫 단계와 마지막 단계로 간다' })],
      ],
    },
    {
      name: translate({ id: 'widget.keys.editor', message: '매니페스트 편집기' }),
      keys: [
        ['Ctrl-Space', translate({ id: 'widget.keys.suggest', message: '쓸 수 있는 필드와 값을 보여 준다' })],
        ['F1', translate({ id: 'widget.keys.field', message: '커서가 있는 필드를 설명한다' })],
        ['F8', translate({ id: 'widget.keys.nextError', message: '다음 오류로 간다' })],
        ['Ctrl-Enter', translate({ id: 'widget.keys.apply', message: '파일을 적용한다' })],
      ],
    },
  ];
  return (
    <Dialog title={translate({ id: 'widget.keys.title', message: '키보드' })} onClose={onClose}>
      {groups.map(({ name, keys }) => (
        <section key={name}>
          <h3 className={styles.group}>{name}</h3>
          <dl className={styles.keys}>
            {keys.map(([key, meaning]) => (
              <div key={key} className={styles.key}>
                <dt>{key}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
