import Translate, { translate } from '@docusaurus/Translate';
import { useHistory, useLocation } from '@docusaurus/router';
import useIsBrowser from '@docusaurus/useIsBrowser';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import Bench from '../Bench';
import Compare from '../Compare';
import MapFigure from '../ClusterMap/MapFigure';
import LabProvider from '../LabProvider';
import { playgroundDefaults, playgroundName } from '../../lab/scenarios/playground';
import TerminalFigure from '../Terminal/TerminalFigure';
import Timeline from '../Timeline';
import { Manifests } from './Manifests';
import styles from './playground.module.css';
import { fromQuery, toQuery } from './query';
import { Settings } from './Settings';
import { Speed } from './Speed';

/** A cluster without a lesson: its make-up is in the page's address, so that a link to it gives the same one. */
export default function Playground(): ReactNode {
  const history = useHistory();
  const { search, pathname } = useLocation();
  // The page was built without a query; the first picture in the browser must be the same.
  const options = useIsBrowser() ? fromQuery(search) : playgroundDefaults;
  const name = playgroundName(options);
  return (
    <Layout
      title={translate({ id: 'playground.title', message: '플레이그라운드' })}
      description={translate({
        id: 'playground.description',
        message: '노드 수, 클라우드, kube-proxy 모드를 골라 만든 모의 클러스터에서 서비스를 마음대로 시험한다.',
      })}
      noFooter
    >
      <LabProvider key={name} scenario={name} bench>
        <main className={`with-bench ${styles.page}`}>
          <div className={styles.side}>
            <h1>
              <Translate id="playground.heading">플레이그라운드</Translate>
            </h1>
            <p>
              <Translate id="playground.lead">
                클러스터의 구성을 고르고 무엇이든 실행한다. 구성마다 따로 저장되므로, 바꾸었다가 돌아와도 하던 일이 남아 있다.
              </Translate>
            </p>
            <Settings options={options} onChange={(next) => history.replace({ pathname, search: toQuery(next) })} />
            <Speed />
            <div className="inline-figure">
              <MapFigure />
              <TerminalFigure commands={['kubectl get nodes,pods -o wide', 'kubectl apply -f test-service.yaml']} />
              <Timeline />
              <Compare />
            </div>
            <Manifests />
          </div>
          <Bench />
        </main>
      </LabProvider>
    </Layout>
  );
}
