import Link from '@docusaurus/Link';
import Translate from '@docusaurus/Translate';
import type { ReactNode } from 'react';

/** Says what the outputs on these pages are; there is nothing else to say at the end of one. */
export default function Footer(): ReactNode {
  return (
    <footer className="footer">
      <p>
        <Translate id="site.footer.simulated">
          이 사이트의 모든 출력은 브라우저 안의 모의 클러스터가 만든다. 어떤 데이터도 밖으로 나가지 않는다.
        </Translate>
      </p>
      <p>
        <Link to="/progress/">
          <Translate id="site.footer.progress">진도: 인쇄, 옮기기, 모으기</Translate>
        </Link>
        {' · '}
        <Link to="/support/">
          <Translate id="site.footer.support">무엇이 되고 무엇이 안 되나</Translate>
        </Link>
        {' · '}
        <Link to="/components/">
          <Translate id="site.footer.components">레슨을 쓰는 이를 위한 위젯 목록</Translate>
        </Link>
      </p>
      <p>
        <Translate id="site.footer.licence">Apache License 2.0. Kubernetes는 The Linux Foundation의 상표다.</Translate>
      </p>
    </footer>
  );
}
