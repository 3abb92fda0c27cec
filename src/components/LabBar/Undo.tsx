import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useState, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { useLabContext, useLabPart } from '../LabProvider/context';
import { actionText } from './actionText';
import styles from './labbar.module.css';

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

/** Takes back and does again; each button says what it is about. */
export function Undo(): ReactNode {
  const { lab } = useLabContext();
  const undoable = useLabPart('undoable');
  const redoable = useLabPart('redoable');
  const [working, setWorking] = useState(false);
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
  return (
    <>
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
    </>
  );
}
