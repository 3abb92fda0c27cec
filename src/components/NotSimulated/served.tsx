import type { ReactNode } from 'react';
import type { NotSimulatedProps } from './index';
import List from './List';

/** The list as the server draws it; in the browser servedInPage.ts takes its place. */
export default function Served(props: NotSimulatedProps): ReactNode {
  return (
    <div>
      <List {...props} />
    </div>
  );
}
