import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import frame from '../frame.module.css';

interface Played {
  /** Where it is: the wait begins anew when this changes, not when the figure is drawn again. */
  position: number;
  atEnd: boolean;
  /** How long it stays at a position, ms. */
  dwell: number;
  onNext: () => void;
}

/** Whether a figure goes on by itself, and how to start and stop it. It stops at the end. */
export function usePlaying({ position, atEnd, dwell, onNext }: Played): [boolean, (playing: boolean) => void] {
  const [playing, setPlaying] = useState(false);
  const next = useRef(onNext);
  next.current = onNext;
  useEffect(() => {
    if (!playing) return undefined;
    if (atEnd) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => next.current(), dwell);
    return () => clearTimeout(timer);
  }, [playing, position, atEnd, dwell]);
  return [playing, setPlaying];
}

export function PlayButton({ playing, primary, onClick }: { playing: boolean; primary?: true; onClick: () => void }): ReactNode {
  return (
    <button type="button" className={clsx(frame.button, primary && frame.primary)} onClick={onClick}>
      {playing ? translate({ id: 'widget.map.pause', message: '멈추기' }) : translate({ id: 'widget.map.play', message: '재생' })}
    </button>
  );
}
