import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import frame from '../frame.module.css';
import styles from './dialog.module.css';

interface DialogProps {
  title: string;
  /** Esc, the closing button, and a press beside the dialog. */
  onClose: () => void;
  /** Without it there is a button that only closes. */
  actions?: ReactNode;
  /** As wide as the window allows, for two things side by side. */
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog; the browser keeps the focus in it and gives it back. */
export default function Dialog({ title, onClose, actions, wide = false, children }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={clsx(styles.dialog, wide && styles.wide)}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.inside}>
        <h2 id={heading} className={styles.title}>
          {title}
        </h2>
        {children}
        <div className={`${frame.bar} ${styles.actions}`}>
          {actions ?? (
            <button type="button" className={frame.button} onClick={onClose}>
              {translate({ id: 'widget.dialog.close', message: '닫기' })}
            </button>
          )}
        </div>
      </div>
    </dialog>
  );
}
