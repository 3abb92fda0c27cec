import Translate, { translate } from '@docusaurus/Translate';
import ClusterMap from '@site/src/components/ClusterMap';
import Course from '@site/src/components/Course';
import LabProvider from '@site/src/components/LabProvider';
import Terminal from '@site/src/components/Terminal';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import styles from './index.module.css';

export default function Home(): ReactNode {
  return (
    <Layout
      description={translate({
        id: 'site.home.description',
        message: '브라우저 안의 모의 클러스터에서 kubectl 명령을 실행하며 쿠버네티스 서비스를 배운다.',
      })}
    >
      <main className={styles.home}>
        <div className={styles.opening}>
          <h1>
            <Translate id="site.home.outcome">
              레슨을 모두 마치면, 요청 하나가 어떤 주소와 규칙을 거쳐 어느 파드에 닿는지 말하고, 닿지 않을 때 그 까닭을 찾아 고칠
              수 있다.
            </Translate>
          </h1>
          <p>
            <Translate id="site.home.try" values={{ curl: <code>curl</code> }}>
              {
                '아래 클러스터는 이 페이지 안에서 돌고 있고, 서비스도 하나 적용되어 있다. 주소를 확인하고 {curl} 명령으로 요청을 보내 본다.'
              }
            </Translate>
          </p>
        </div>
        <LabProvider scenario="home">
          <div className={styles.lab}>
            <ClusterMap steps={false} packet={{ from: 'internet', address: 'ingress:default/test', port: 30080 }} />
            <Terminal commands={['kubectl get svc', 'kubectl describe svc test', 'curl 192.168.0.11:30352/hostname']} />
          </div>
        </LabProvider>
        <h2>
          <Translate id="site.home.lessons">레슨</Translate>
        </h2>
        <Course />
      </main>
    </Layout>
  );
}
