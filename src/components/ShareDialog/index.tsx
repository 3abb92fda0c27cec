import { translate } from '@docusaurus/Translate';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { encodeLab } from '../../lab/share';
import type { Lab } from '../../lab/types';
import Dialog from '../Dialog';
import frame from '../frame.module.css';
import { sharedLink } from '../LabProvider/useSharedLink';
import { copyText } from '../Terminal/copy';
import { EmbedCode } from './EmbedCode';
import styles from './share.module.css';

type Link = { state: 'making' } | { state: 'too-long' } | { state: 'made'; address: string };

/** A link that takes this lab to somebody else, and what shows it on other sites. */
export default function ShareDialog({ lab, onClose }: { lab: Lab; onClose: () => void }): ReactNode {
  const [link, setLink] = useState<Link>({ state: 'making' });
  const [copied, setCopied] = useState(false);
  const id = useId();
  const [saved] = useState(() => lab.saved());
  useEffect(() => {
    let wanted = true;
    void encodeLab(saved)
      .catch(() => undefined)
      .then((encoded) => {
        if (wanted) setLink(encoded === undefined ? { state: 'too-long' } : { state: 'made', address: sharedLink(encoded) });
      });
    return () => {
      wanted = false;
    };
  }, [saved]);
  return (
    <Dialog title={translate({ id: 'widget.share.title', message: '이 실습을 링크로 공유' })} onClose={onClose}>
      <p>
        {translate(
          {
            id: 'widget.share.text',
            message:
              '링크에는 이 실습에서 한 일만 들어 있다(명령, 파일 편집, 보낸 패킷: {count}). 여는 사람은 목록을 보고 재현할지 고른다. 서버에는 아무것도 저장되지 않는다.',
          },
          { count: String(saved.actions.length) },
        )}
      </p>
      {link.state === 'too-long' ? (
        <p className={frame.failure}>
          {translate({
            id: 'widget.share.tooLong',
            message: '한 일이 많아 링크 하나에 담을 수 없다. 처음부터 다시 시작해 필요한 단계만 하고 공유한다.',
          })}
        </p>
      ) : (
        <div className={styles.row}>
          <label htmlFor={id} className={frame.hidden}>
            {translate({ id: 'widget.share.link', message: '링크' })}
          </label>
          <input
            id={id}
            className={`${frame.input} ${frame.mono} ${styles.link}`}
            readOnly
            value={link.state === 'made' ? link.address : ''}
            onFocus={(event) => event.target.select()}
          />
          <button
            type="button"
            className={`${frame.button} ${frame.primary}`}
            disabled={link.state !== 'made'}
            onClick={() => {
              if (link.state === 'made') void copyText(link.address).then(setCopied);
            }}
          >
            {copied
              ? translate({ id: 'widget.share.copied', message: '복사했다' })
              : translate({ id: 'widget.share.copy', message: '링크 복사' })}
          </button>
        </div>
      )}
      <EmbedCode />
    </Dialog>
  );
}
