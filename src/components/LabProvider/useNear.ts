import { useEffect, useRef, useState, type RefObject } from 'react';
import { useLabContext } from './context';

/** Longest wait for a quiet moment before a lab in view is loaded, ms. */
const PATIENCE = 1500;

/** Runs `action` when the browser has nothing better to do. Returns the function that calls it off. */
function whenIdle(action: () => void): () => void {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(action, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(action, { timeout: PATIENCE });
  return () => cancelIdleCallback(handle);
}

/**
 * True soon after the element came near the viewport, and at once when it is touched or takes the focus; starts the lab then.
 * @param fetchLive fetches the live part beside the lab, so that it is there when the lab is; always the same function
 */
export function useNear<T extends Element>(fetchLive?: () => Promise<unknown>): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null);
  const [near, setNear] = useState(false);
  const { start } = useLabContext();
  useEffect(() => {
    const element = ref.current;
    if (!element || near) return undefined;
    const arrive = () => setNear(true);
    let callOff: (() => void) | undefined;
    const events = ['focusin', 'pointerdown'];
    for (const event of events) element.addEventListener(event, arrive, { once: true });
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) callOff ??= whenIdle(arrive);
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => {
      for (const event of events) element.removeEventListener(event, arrive);
      observer.disconnect();
      callOff?.();
    };
  }, [near]);
  useEffect(() => {
    if (!near) return;
    start();
    // A failure shows when the part is drawn.
    fetchLive?.().catch(() => undefined);
  }, [near, start, fetchLive]);
  return [ref, near];
}
