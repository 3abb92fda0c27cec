import type { ReactNode } from 'react';

/** Stands in for Docusaurus's link in unit tests. */
export default function Link({ to, children }: { to: string; children?: ReactNode }): ReactNode {
  return <a href={to}>{children}</a>;
}
