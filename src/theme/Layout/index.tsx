import { useLocation } from '@docusaurus/router';
import useBaseUrl from '@docusaurus/useBaseUrl';
import type { Props } from '@theme/Layout';
import OriginalLayout from '@theme-original/Layout';
import type { ReactNode } from 'react';

/** The search theme's page comes without a `main` landmark; every other page brings its own. */
export default function Layout({ children, ...props }: Props): ReactNode {
  const search = useBaseUrl('/search/');
  const { pathname } = useLocation();
  return (
    <OriginalLayout {...props}>{pathname === search ? <main className="search-page">{children}</main> : children}</OriginalLayout>
  );
}
