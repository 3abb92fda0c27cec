import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, useCallback, useId, useState, type ReactNode } from 'react';
import type { DryRun, Lab } from '../../lab/types';
import frame from '../frame.module.css';
import Editor from './Editor';
import type { CheckedText } from './useDryRun';
import styles from './manifest.module.css';

const Differences = lazy(() => import('./Differences'));

interface Printed {
  exit: number;
  text: string;
}

/** The editor with what applying the file would change, and what kubectl printed when it was applied. */
export default function LiveManifest({ lab, file }: { lab: Lab; file: string }): ReactNode {
  const [printed, setPrinted] = useState<Printed>();
  const [failed, setFailed] = useState(false);
  const [running, setRunning] = useState(false);
  const [comparing, setComparing] = useState(false);
  const [runs, setRuns] = useState<readonly DryRun[]>();
  const onChecked = useCallback((checked: CheckedText | undefined) => setRuns(checked?.runs), []);
  const id = useId();
  const apply = async () => {
    setRunning(true);
    try {
      const { exit, stdout, stderr } = await lab.apply(file);
      setPrinted({ exit, text: `${stdout}${stderr}`.trimEnd() });
      setFailed(exit !== 0);
    } finally {
      setRunning(false);
    }
  };
  return (
    <div>
      <Editor lab={lab} file={file} onApply={() => void apply()} checked={failed || comparing} onChecked={onChecked} />
      <div className={`${frame.bar} ${styles.actions}`}>
        <button type="button" className={`${frame.button} ${frame.primary}`} disabled={running} onClick={() => void apply()}>
          {translate({ id: 'widget.manifest.apply', message: '적용' })}
        </button>
        <button
          type="button"
          className={frame.button}
          aria-expanded={comparing}
          aria-controls={id}
          onClick={() => setComparing(!comparing)}
        >
          {translate({ id: 'widget.manifest.compare', message: '클러스터와 비교' })}
        </button>
        <code className={styles.command}>{`kubectl apply -f ${file}`}</code>
      </div>
      <p className={frame.hint}>
        {translate({
          id: 'widget.manifest.keys',
          message: 'Ctrl-Space로 자동 완성, F1로 필드 설명, Ctrl-Enter로 적용, Esc와 Tab으로 나가기',
        })}
      </p>
      <div id={id} hidden={!comparing}>
        {comparing && (
          <Suspense fallback={null}>
            <Differences runs={runs} />
          </Suspense>
        )}
      </div>
      <div role="status">
        {printed && (
          <pre className={printed.exit === 0 ? styles.printed : `${styles.printed} ${styles.failed}`}>{printed.text}</pre>
        )}
        {printed && printed.exit !== 0 && (
          <p className={frame.hint}>
            {translate({ id: 'widget.manifest.refused', message: '적용되지 않았다. 오류를 고치고 다시 적용한다.' })}
          </p>
        )}
      </div>
    </div>
  );
}
