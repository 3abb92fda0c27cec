import { translate } from '@docusaurus/Translate';
import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import styles from './bench.module.css';
import { shares } from './useShare';

interface SplitterProps {
  /** Percent of the height above it. */
  share: number;
  onShare: (share: number) => void;
  panes: RefObject<HTMLDivElement | null>;
}

/** The border between the bench's panes: dragged, or moved with the arrow keys. */
export function Splitter({ share, onShare, panes }: SplitterProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowUp: share - 5, ArrowDown: share + 5, Home: shares.least, End: shares.most }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onShare(next);
  };
  const onPointerMove = (event: PointerEvent) => {
    const box = panes.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onShare(((event.clientY - box.top) / box.height) * 100);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      className={styles.splitter}
      aria-orientation="horizontal"
      aria-label={translate({ id: 'widget.bench.splitter', message: '위아래 칸의 높이' })}
      aria-valuenow={share}
      aria-valuemin={shares.least}
      aria-valuemax={shares.most}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onShare(shares.usual)}
    />
  );
}
