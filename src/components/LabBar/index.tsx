import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { useLabContext, useLabSnapshot } from '../LabProvider/context';
import { actionText } from './actionText';
import styles from './labbar.module.css';

const ShareDialog = lazy(() => import('../ShareDialog'));
const ResetDialog = lazy(() => import('./ResetDialog'));
const LabNotice = lazy(() => import('./LabNotice'));
const KeysDialog = lazy(() => import('./KeysDialog'));

/** Labs whose keys are listened to: one bar per lab does it, however many the page has. */
const listening = new WeakSet<object>();

/** Alt-Z takes back, Alt-Shift-Z does again, wherever the focus is: in the terminal, Ctrl-Z belongs to the shell. */
function useKeys(undo: () => void, redo: () => void): void {
  const { lab } = useLabContext();
  useEffect(() => {
    if (!lab || listening.has(lab)) return undefined;
    listening.add(lab);
    const onKeyDown = (event: KeyboardEvent) => {
      // By the key's place: with Option, a Mac's Z types another character.
      if (event.code !== 'KeyZ' || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      listening.delete(lab);
      document.removeEventListener('keydown', onKeyDown, true);
    };
  });
}

/** Undo, redo, reset and share of the lab. The first two say what they are about. */
export default function LabBar({ inBench = false }: { inBench?: boolean }): ReactNode {
  const { lab, shared } = useLabContext();
  const snapshot = useLabSnapshot();
  const [working, setWorking] = useState(false);
  const [open, setOpen] = useState<'share' | 'reset' | 'keys'>();
  const { undoable, redoable } = snapshot ?? {};
  const work = (act: 'undo' | 'redo') => {
    if (!lab || working) return;
    setWorking(true);
    void lab[act]().finally(() => setWorking(false));
  };
  useKeys(
    () => work('undo'),
    () => work('redo'),
  );
  const step = (act: 'undo' | 'redo', possible: boolean, { label, keys }: { label: string; keys: string }) => (
    <button
      type="button"
      className={clsx(frame.button, styles.step)}
      // Not `disabled` while it works: the focus would be lost.
      disabled={!lab || !possible}
      aria-disabled={working || undefined}
      aria-keyshortcuts={keys}
      title={`${label} (${keys.replaceAll('+', '-')})`}
      onClick={() => work(act)}
    >
      {label}
    </button>
  );
  const close = () => setOpen(undefined);
  return (
    <div className={clsx(styles.place, inBench && styles.inBench)}>
      <div
        className={clsx(frame.bar, styles.bar)}
        role="group"
        aria-label={translate({ id: 'widget.lab.bar', message: '실습 되돌리기와 공유' })}
      >
        {step('undo', undoable !== undefined, {
          label: undoable
            ? translate({ id: 'widget.lab.undoAction', message: '실행 취소: {action}' }, { action: actionText(undoable) })
            : translate({ id: 'widget.lab.undo', message: '실행 취소' }),
          keys: 'Alt+Z',
        })}
        {step('redo', redoable !== undefined, {
          label: redoable
            ? translate({ id: 'widget.lab.redoAction', message: '다시 실행: {action}' }, { action: actionText(redoable) })
            : translate({ id: 'widget.lab.redo', message: '다시 실행' }),
          keys: 'Alt+Shift+Z',
        })}
        <span className={frame.spread} />
        <button type="button" className={clsx(frame.button, styles.plain)} disabled={!lab} onClick={() => setOpen('reset')}>
          {translate({ id: 'widget.lab.reset', message: '처음부터' })}
        </button>
        <button type="button" className={clsx(frame.button, styles.plain)} disabled={!lab} onClick={() => setOpen('share')}>
          {translate({ id: 'widget.lab.share', message: '공유' })}
        </button>
        <button type="button" className={clsx(frame.button, styles.plain)} onClick={() => setOpen('keys')}>
          {translate({ id: 'widget.lab.keys', message: '키' })}
        </button>
      </div>
      <div role="status">
        {(shared || snapshot?.problem) && (
          <Suspense fallback={null}>
            <LabNotice />
          </Suspense>
        )}
      </div>
      {open && lab && snapshot && (
        <Suspense fallback={null}>
          {open === 'share' && <ShareDialog lab={lab} onClose={close} />}
          {open === 'reset' && <ResetDialog lab={lab} onClose={close} />}
        </Suspense>
      )}
      {open === 'keys' && (
        <Suspense fallback={null}>
          <KeysDialog onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
