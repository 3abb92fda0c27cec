import { useLocation } from '@docusaurus/router';
import type { Props } from '@theme/DocRoot/Layout/Sidebar';
import DocSidebarMobile from '@theme/DocSidebar/Mobile';
import type { ReactNode } from 'react';

/** On wide screens the lesson's own rail lists the course (DocItem/Layout); this fills the menu of narrow ones. */
export default function Sidebar({ sidebar }: Props): ReactNode {
  const { pathname } = useLocation();
  return <DocSidebarMobile sidebar={sidebar} path={pathname} onCollapse={() => {}} isHidden={false} />;
}
