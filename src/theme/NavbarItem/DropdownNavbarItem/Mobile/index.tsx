import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';

const Dropdown = lazy(() => import('@theme-original/NavbarItem/DropdownNavbarItem/Mobile'));

/** A list in the menu of narrow screens, which comes when that opens (Navbar/MobileSidebar). */
export default function MobileDropdown(props: ComponentProps<typeof Dropdown>): ReactNode {
  return (
    <Suspense>
      <Dropdown {...props} />
    </Suspense>
  );
}
