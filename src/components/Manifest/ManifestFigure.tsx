import { translate } from '@docusaurus/Translate';
import { lazy, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import { useNear } from '../LabProvider/useNear';
import frame from '../frame.module.css';
import Live from '../Live';
import { fileText } from './fileText';
import styles from './manifest.module.css';

const LiveManifest = lazy(() => import('./LiveManifest'));

/** The editor itself, wherever it stands. `inBench`: its name stands above it already. */
export default function ManifestFigure({ file, inBench = false }: { file: string; inBench?: boolean }): ReactNode {
  const { lab, scenario } = useLabContext();
  const [ref, near] = useNear<HTMLDivElement>();
  const still = (
    // A scrolling region is reached by keyboard
    <div className={styles.room}>
      <pre className={styles.still} tabIndex={0}>
        {fileText(scenario?.files, file)}
      </pre>
    </div>
  );
  return (
    <div
      role="group"
      ref={ref}
      className={inBench ? styles.inBench : frame.frame}
      data-figure="manifest"
      aria-label={translate({ id: 'widget.manifest.name', message: '매니페스트 {file}' }, { file })}
    >
      {!inBench && <p className={styles.name}>{file}</p>}
      <Live still={still} near={near}>
        {lab && <LiveManifest lab={lab} file={file} />}
      </Live>
    </div>
  );
}
