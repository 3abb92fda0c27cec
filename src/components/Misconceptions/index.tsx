import type { ReactNode } from 'react';
import Served from './served';

/** What people get wrong about Services: each belief, what is true, and the lessons that meet it. */
export default function Misconceptions(): ReactNode {
  return <Served />;
}
