import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useLabContext, useLabPart, usePageState } from '../LabProvider/context';
import ManifestFigure from '../Manifest/ManifestFigure';
import styles from './bench.module.css';

/** `manifest.yaml`, or with a number when there is one already. */
function freeName(taken: readonly string[]): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'manifest.yaml' : `manifest-${count}.yaml`;
    if (!taken.includes(name)) return name;
  }
}

/** Every file of the lab, one at a time in the editor. */
export function FilesView(): ReactNode {
  const { lab, scenario, page } = useLabContext();
  const files = Object.keys(useLabPart('files') ?? scenario?.files ?? {});
  const file = usePageState('file');
  const shown = file !== undefined && files.includes(file) ? file : files[0];
  const add = (
    <button
      type="button"
      className={styles.name}
      disabled={!lab}
      onClick={() => {
        const name = freeName(files);
        lab?.writeFile(name, '');
        page.set({ file: name });
      }}
    >
      {translate({ id: 'widget.bench.newFile', message: '+ 새 파일' })}
    </button>
  );
  if (shown === undefined) {
    return (
      <div>
        <div className={styles.names}>{add}</div>
        <p className={styles.empty}>
          {translate({
            id: 'widget.bench.noFiles',
            message: '아직 파일이 없다. 위의 버튼이나 터미널의 vi 명령으로 파일을 만들거나, 출력을 파일로 보낸다.',
          })}
        </p>
      </div>
    );
  }
  return (
    <div className={styles.files}>
      <div
        className={styles.names}
        role="group"
        aria-label={translate({ id: 'widget.bench.files', message: '편집기에 열 파일' })}
      >
        {files.map((name) => (
          <button
            key={name}
            type="button"
            className={clsx(styles.name)}
            aria-pressed={name === shown}
            onClick={() => page.set({ file: name })}
          >
            {name}
          </button>
        ))}
        {add}
      </div>
      <ManifestFigure key={shown} file={shown} inBench />
    </div>
  );
}
