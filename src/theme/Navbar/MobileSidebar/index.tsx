import { useNavbarMobileSidebar } from '@docusaurus/theme-common/internal';
import { lazy, Suspense, useState, type ReactNode } from 'react';

const NavbarMobileSidebar = lazy(() => import('@theme-original/Navbar/MobileSidebar'));

/**
 * The menu of narrow screens. The theme loads and draws it with every page, which costs a phone more than the page; here it waits to be
 * opened.
 */
export default function MobileSidebar(): ReactNode {
  const { shown } = useNavbarMobileSidebar();
  const [opened, setOpened] = useState(false);
  if (shown && !opened) setOpened(true);
  return (
    opened && (
      <Suspense>
        <NavbarMobileSidebar />
      </Suspense>
    )
  );
}
