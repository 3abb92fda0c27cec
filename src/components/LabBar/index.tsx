import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { useLabContext, useLabPart, usePageState } from '../LabProvider/context';
import styles from './labbar.module.css';
import { Undo } from './Undo';

const ShareDialog = lazy(() => import('../ShareDialog'));
const ResetDialog = lazy(() => import('./ResetDialog'));
const LabNotice = lazy(() => import('./LabNotice'));
const KeysDialog = lazy(() => import('./KeysDialog'));

/** Reset, share and keys of the lab, and what its reader must know. */
export function LabMenu(): ReactNode {
  const { lab } = useLabContext();
  const [open, setOpen] = useState<'share' | 'reset' | 'keys'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <button type="button" className={clsx(frame.button, styles.plain)} disabled={!lab} onClick={() => setOpen('reset')}>
        {translate({ id: 'widget.lab.reset', message: '처음부터' })}
      </button>
      <button type="button" className={clsx(frame.button, styles.plain)} disabled={!lab} onClick={() => setOpen('share')}>
        {translate({ id: 'widget.lab.share', message: '공유' })}
      </button>
      <button type="button" className={clsx(frame.button, styles.plain)} onClick={() => setOpen('keys')}>
        {translate({ id: 'widget.lab.keys', message: '키' })}
      </button>
      {open && lab && (
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
    </>
  );
}

/** Why this lab is not what its reader may expect. */
export function LabStatus(): ReactNode {
  const { shared } = useLabContext();
  const problem = useLabPart('problem');
  const unkept = usePageState('unkept');
  return (
    <div role="status">
      {(shared || problem || unkept) && (
        <Suspense fallback={null}>
          <LabNotice />
        </Suspense>
      )}
    </div>
  );
}

/** The lab's bar where it stands in one place: under a terminal in the prose. The bench puts its parts where there is room. */
export default function LabBar(): ReactNode {
  return (
    <div className={styles.place}>
      <div
        className={clsx(frame.bar, styles.bar)}
        role="group"
        aria-label={translate({ id: 'widget.lab.bar', message: '실습 되돌리기와 공유' })}
      >
        <Undo />
        <span className={frame.spread} />
        <LabMenu />
      </div>
      <LabStatus />
    </div>
  );
}
