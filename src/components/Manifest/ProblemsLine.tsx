import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import frame from '../frame.module.css';
import styles from './manifest.module.css';

export interface Problem {
  /** From 1. */
  line: number;
  message: string;
}

/** How many errors there are and where, also for those who do not see the lines; undefined: nothing was asked yet. */
export function ProblemsLine({ problems }: { problems: readonly Problem[] | undefined }): ReactNode {
  return (
    <p className={`${frame.hint} ${styles.problems}`} role="status">
      {problems?.length === 0 && translate({ id: 'widget.manifest.noErrors', message: 'API 서버가 거절할 곳이 없다.' })}
      {problems && problems.length > 0 && (
        <>
          {translate(
            { id: 'widget.manifest.errors', message: '오류: {count}, 줄: {lines}. F8로 다음 오류로 간다.' },
            { count: String(problems.length), lines: [...new Set(problems.map(({ line }) => line))].join(', ') },
          )}
          <span className={frame.hidden}>{problems.map(({ message }) => ` ${message}`).join('\n')}</span>
        </>
      )}
    </p>
  );
}
