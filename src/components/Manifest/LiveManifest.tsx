import { translate } from '@docusaurus/Translate';
import { useState, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import frame from '../frame.module.css';
import Editor from './Editor';
import styles from './manifest.module.css';

interface Printed {
  exit: number;
  text: string;
}

/** The editor with what kubectl printed when the file was applied. */
export default function LiveManifest({ lab, file }: { lab: Lab; file: string }): ReactNode {
  const [printed, setPrinted] = useState<Printed>();
  const [failures, setFailures] = useState(0);
  const [running, setRunning] = useState(false);
  const apply = async () => {
    setRunning(true);
    try {
      const { exit, stdout, stderr } = await lab.apply(file);
      setPrinted({ exit, text: `${stdout}${stderr}`.trimEnd() });
      setFailures((count) => (exit === 0 ? 0 : count + 1));
    } finally {
      setRunning(false);
    }
  };
  return (
    <div>
      <Editor lab={lab} file={file} onApply={() => void apply()} failures={failures} />
      <div className={frame.bar}>
        <button type="button" className={`${frame.button} ${frame.primary}`} disabled={running} onClick={() => void apply()}>
          {translate({ id: 'widget.manifest.apply', message: '적용' })}
        </button>
        <code className={styles.command}>{`kubectl apply -f ${file}`}</code>
        <span className={frame.spread} />
        <span className={frame.hint}>
          {translate({ id: 'widget.manifest.keys', message: 'Ctrl-Enter로 적용, Esc와 Tab으로 나가기' })}
        </span>
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
