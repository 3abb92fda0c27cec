import Translate, { translate } from '@docusaurus/Translate';
import Layout from '@theme/Layout';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { SupportData } from '../../plugins/support-data';
import { Kubectl } from './Kubectl';
import { Oracles } from './Oracles';
import { Api, Images, Programs } from './Simulator';
import styles from './support.module.css';

/** What this simulator does and does not do, searchable; the data is read from the code when the site is built. */
export default function Support({ data }: { data: SupportData }): ReactNode {
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const filter = { text: useDeferredValue(typed).trim().toLowerCase(), missing };
  return (
    <Layout
      title={translate({ id: 'support.title', message: '지원 범위' })}
      description={translate({
        id: 'support.description',
        message:
          '이 모의 클러스터에서 되는 것과 되지 않는 것: kubectl 명령과 플래그, 리소스, 서비스의 필드, 노드와 파드의 프로그램.',
      })}
    >
      <main className={styles.page}>
        <h1>
          <Translate id="support.heading">모의 클러스터가 하는 것과 하지 않는 것</Translate>
        </h1>
        <p>
          <Translate id="support.source">
            아래 목록은 사람이 적은 것이 아니라 이 사이트를 빌드할 때 코드의 표시에서 읽은 것이다. 되지 않는 것은 터미널에서도
            되지 않는다고 답한다.
          </Translate>
        </p>
        <Oracles oracles={data.oracles} notInTutorials={data.notInTutorials} />
        <div className={styles.filter} role="search">
          <label htmlFor="support-filter">
            <Translate id="support.filter">찾기</Translate>
          </label>
          <input
            id="support-filter"
            type="search"
            value={typed}
            placeholder="nodePort, dig, --sort-by"
            onChange={({ target }) => setTyped(target.value)}
          />
          <label className={styles.check}>
            <input type="checkbox" checked={missing} onChange={({ target }) => setMissing(target.checked)} />
            <Translate id="support.onlyMissing">되지 않는 것만</Translate>
          </label>
        </div>
        <Kubectl commands={data.commands} globalFlags={data.globalFlags} filter={filter} />
        <Api kinds={data.kinds} fields={data.serviceFields} filter={filter} />
        <Programs programs={data.programs} textTools={data.textTools} filter={filter} />
        <Images images={data.images} filter={filter} />
      </main>
    </Layout>
  );
}
