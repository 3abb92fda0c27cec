import type { ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';

/**
 * A figure's place in the prose. Where the page has a bench, wide screens show the cue and narrow ones, and paper, the figure: the
 * style sheet decides (src/css/bench.css), so that nothing moves when the page comes alive. A figure that is not shown is never near,
 * and so never loads.
 */
export default function InProse({ cue, children }: { cue: ReactNode; children: ReactNode }): ReactNode {
  const { bench } = useLabContext();
  if (!bench) return children;
  return (
    <>
      <div className="bench-cue">{cue}</div>
      <div className="inline-figure">{children}</div>
    </>
  );
}
