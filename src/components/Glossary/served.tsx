import type { ReactNode } from 'react';
import List from './List';

/** The list as the server draws it; in the browser servedInPage.ts takes its place. */
export default function Served(): ReactNode {
  return (
    <div>
      <List />
    </div>
  );
}
