import Link from '@docusaurus/Link';
import Translate from '@docusaurus/Translate';
import type { ReactNode } from 'react';

/** 404, in the words of the course. */
export default function NotFoundContent(): ReactNode {
  return (
    <main className="notice">
      <p className="notice__mark" aria-hidden="true">
        NO ROUTE
      </p>
      <h1>
        <Translate id="site.notFound.title">이 주소로 가는 경로가 없다</Translate>
      </h1>
      <p>
        <Translate id="site.notFound.text">요청은 이 사이트까지 왔지만, 여기에는 그 주소의 페이지가 없다.</Translate>
      </p>
      <p>
        <Link to="/">
          <Translate id="site.notFound.home">처음으로</Translate>
        </Link>
        {' · '}
        <Link to="/learn/why-services/">
          <Translate id="site.notFound.first">첫 레슨</Translate>
        </Link>
      </p>
    </main>
  );
}
