import { lazy, Suspense, type ReactNode } from 'react';

const List = lazy(() => import('./List'));

/** What people get wrong about Services: each belief, what is true, and the lessons that meet it. */
export default function Misconceptions(): ReactNode {
  return (
    <Suspense fallback={null}>
      <List />
    </Suspense>
  );
}
