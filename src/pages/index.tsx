import Link from '@docusaurus/Link';
import Translate, { translate } from '@docusaurus/Translate';
import ClusterMap from '@site/src/components/ClusterMap';
import LabProvider from '@site/src/components/LabProvider';
import Terminal from '@site/src/components/Terminal';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import styles from './index.module.css';

/** The lessons with what a reader can do after each, as the lessons' own front matter says it. */
const lessons = [
  {
    to: '/learn/why-services/',
    title: translate({ id: 'site.home.why.title', message: '서비스는 왜 필요한가' }),
    outcome: translate({ id: 'site.home.why.outcome', message: '파드가 바뀌어도 요청이 닿는 까닭을 설명할 수 있다.' }),
  },
  {
    to: '/learn/clusterip/',
    title: translate({ id: 'site.home.clusterip.title', message: 'ClusterIP' }),
    outcome: translate({
      id: 'site.home.clusterip.outcome',
      message: '클러스터 안에서 쓰는 주소를 만들고, 밖에서는 왜 닿지 않는지 설명할 수 있다.',
    }),
  },
  {
    to: '/learn/nodeport/',
    title: translate({ id: 'site.home.nodeport.title', message: 'NodePort' }),
    outcome: translate({
      id: 'site.home.nodeport.outcome',
      message: '모든 노드에 포트를 열고, 패킷이 파드까지 가는 길을 순서대로 말할 수 있다.',
    }),
  },
  {
    to: '/learn/loadbalancer/',
    title: translate({ id: 'site.home.loadbalancer.title', message: 'LoadBalancer' }),
    outcome: translate({
      id: 'site.home.loadbalancer.outcome',
      message: 'kubectl get svc와 describe svc에 나오는 숫자가 각각 어디에서 왔는지 말할 수 있다.',
    }),
  },
];

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
              네 레슨을 마치면, 요청 하나가 어떤 주소와 규칙을 거쳐 어느 파드에 닿는지 처음부터 끝까지 말할 수 있다.
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
        <ol className={styles.lessons}>
          {lessons.map(({ to, title, outcome }) => (
            <li key={to}>
              <div>
                <Link to={to}>{title}</Link>
                <p>{outcome}</p>
              </div>
            </li>
          ))}
        </ol>
      </main>
    </Layout>
  );
}
