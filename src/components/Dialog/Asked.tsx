import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import Dialog from '.';
import frame from '../frame.module.css';

/** Asks before something that cannot be undone. */
export default function Asked({
  title,
  text,
  act,
  onAct,
  onClose,
}: {
  title: string;
  text: string;
  act: string;
  onAct: () => void;
  onClose: () => void;
}): ReactNode {
  return (
    <Dialog
      title={title}
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
              onAct();
              onClose();
            }}
          >
            {act}
          </button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
