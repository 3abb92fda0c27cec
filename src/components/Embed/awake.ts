import { useEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import { useLabContext } from '../LabProvider/context';

let awake = false;
const listeners = new Set<() => void>();

/** Brings the embed's figures to life: the reader wants them. */
export function wake(): void {
  if (awake) return;
  awake = true;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Takes the place of LabProvider/useNear.ts in embeds: a wiki page may show several that nobody uses, so a figure that is in view stays a
 * picture until the reader touches the embed or the keyboard comes to it.
 */
export function useNear<T extends Element>(fetchLive?: () => Promise<unknown>): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null);
  const { start } = useLabContext();
  const near = useSyncExternalStore(
    subscribe,
    () => awake,
    () => false,
  );
  useEffect(() => {
    if (!near) return;
    start();
    // A failure shows when the part is drawn.
    fetchLive?.().catch(() => undefined);
  }, [near, start, fetchLive]);
  return [ref, near];
}
