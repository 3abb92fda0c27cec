import { translate } from '@docusaurus/Translate';
import { useId, useState, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import frame from '../frame.module.css';
import styles from './playground.module.css';

const FILE = 'imported.yaml';

/** Manifests brought from elsewhere, and what was made here to take along. */
export function Manifests(): ReactNode {
  const { lab, start } = useLabContext();
  const id = useId();
  const [text, setText] = useState('');
  const [printed, setPrinted] = useState<{ exit: number; text: string }>();
  const [running, setRunning] = useState(false);
  const apply = async () => {
    if (!lab) return;
    setRunning(true);
    try {
      lab.writeFile(FILE, text.endsWith('\n') ? text : `${text}\n`);
      const { exit, stdout, stderr } = await lab.apply(FILE);
      setPrinted({ exit, text: `${stdout}${stderr}`.trimEnd() });
    } finally {
      setRunning(false);
    }
  };
  const download = async () => {
    if (!lab) return;
    const address = URL.createObjectURL(new Blob([await lab.exportManifests()], { type: 'application/yaml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'packet-to-pod.yaml';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <section className={styles.manifests} onFocus={start}>
      <h2>{translate({ id: 'playground.manifests', message: '매니페스트 가져오기와 내보내기' })}</h2>
      <label htmlFor={id}>
        {translate({ id: 'playground.paste', message: '붙여 넣은 YAML은 imported.yaml에 저장되고 적용된다.' })}
      </label>
      <textarea
        id={id}
        className={`${frame.input} ${frame.mono} ${styles.text}`}
        rows={8}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className={frame.bar}>
        <button
          type="button"
          className={`${frame.button} ${frame.primary}`}
          disabled={!lab || running || text.trim() === ''}
          onClick={() => void apply()}
        >
          {translate({ id: 'playground.import', message: '가져와서 적용' })}
        </button>
        <button type="button" className={frame.button} disabled={!lab} onClick={() => void download()}>
          {translate({ id: 'playground.export', message: '만든 것을 파일로 내보내기' })}
        </button>
      </div>
      <div role="status">
        {printed && (
          <pre className={printed.exit === 0 ? styles.printed : `${styles.printed} ${frame.failure}`}>{printed.text}</pre>
        )}
      </div>
    </section>
  );
}
