import { useEffect, useState } from 'react';
import { useLabContext } from '../LabProvider/context';

const KEY = 'p2p.bench.share';
/** Percent of the bench's height that the upper pane takes. */
export const shares = { least: 20, usual: 62, most: 85 };

const within = (share: number): number => Math.round(Math.min(shares.most, Math.max(shares.least, share)));

/** How the bench's height is shared between its two panes; kept for the next page. */
export function useShare(): [number, (share: number) => void] {
  const { storage } = useLabContext();
  const [share, setShare] = useState(shares.usual);
  useEffect(() => {
    const kept = Number(storage.getItem(KEY) ?? NaN);
    if (Number.isFinite(kept)) setShare(within(kept));
  }, [storage]);
  return [
    share,
    (next) => {
      setShare(within(next));
      storage.setItem(KEY, String(within(next)));
    },
  ];
}
