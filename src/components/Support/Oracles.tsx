import Translate, { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { SupportData } from '../../plugins/support-data';
import styles from './support.module.css';

function nameOf(name: string): string {
  const names: Record<string, string> = {
    recordings: translate({ id: 'support.oracle.recordings', message: '실제 클러스터에서 기록한 단계' }),
    differential: translate({ id: 'support.oracle.differential', message: '실제 kubectl과 한 글자씩 견준 명령' }),
    tutorials: translate({ id: 'support.oracle.tutorials', message: '쿠버네티스 공식 서비스 튜토리얼의 명령' }),
    kernel: translate({ id: 'support.oracle.kernel', message: '리눅스 커널과 견준 연결' }),
  };
  return names[name] ?? name;
}

/** What each oracle counted when it was last asked, with the command that asks it. */
export function Oracles({ oracles, notInTutorials }: Pick<SupportData, 'oracles' | 'notInTutorials'>): ReactNode {
  return (
    <section aria-labelledby="oracles">
      <h2 id="oracles">
        <Translate id="support.oracles">무엇과 견주었나</Translate>
      </h2>
      <dl className={styles.oracles}>
        {oracles.map(({ name, passed, failed, date, command }) => (
          <div key={name}>
            <dt>{nameOf(name)}</dt>
            <dd>
              <strong>{`${passed}/${passed + failed}`}</strong> <time dateTime={date}>{date}</time>
              <code className={styles.command}>{command}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.beside}>
        <Translate id="support.notInTutorials">
          공식 튜토리얼의 명령 가운데 이 모의 클러스터가 하지 않는 것은 다음과 같다.
        </Translate>
      </p>
      <ul className={styles.unmet}>
        {notInTutorials.map(({ page, command }) => (
          <li key={`${page} ${command}`}>
            <code>{command}</code> <span className={styles.command}>{page}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
