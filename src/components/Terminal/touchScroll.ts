import type { Terminal } from '@xterm/xterm';

/**
 * xterm.js leaves touches alone. A finger that moves up or down scrolls its lines, and the page where they end; sideways the browser
 * scrolls by itself. Without lines to scroll to, the page has the finger. Returns the function that stops it.
 */
export function touchScroll(element: HTMLElement, terminal: Terminal): () => void {
  let last: number | undefined;
  /** Moved, but not yet by a whole line, CSS px. */
  let rest = 0;
  const begin = (event: TouchEvent) => {
    last = event.touches.length === 1 ? event.touches[0]!.clientY : undefined;
    rest = 0;
  };
  const move = (event: TouchEvent) => {
    const { viewportY, baseY } = terminal.buffer.active;
    const y = event.touches[0]?.clientY;
    if (last === undefined || y === undefined || baseY === 0) return;
    const line = element.clientHeight / terminal.rows;
    rest += last - y;
    last = y;
    const lines = Math.trunc(rest / line);
    if (lines === 0) return;
    rest -= lines * line;
    const possible = Math.max(-viewportY, Math.min(baseY - viewportY, lines));
    if (possible !== 0) terminal.scrollLines(possible);
    if (possible !== lines) window.scrollBy(0, (lines - possible) * line);
  };
  const end = () => {
    last = undefined;
  };
  const claim = terminal.onWriteParsed(() => {
    element.style.touchAction = terminal.buffer.active.baseY > 0 ? 'pan-x pinch-zoom' : '';
  });
  element.addEventListener('touchstart', begin, { passive: true });
  element.addEventListener('touchmove', move, { passive: true });
  element.addEventListener('touchend', end);
  element.addEventListener('touchcancel', end);
  return () => {
    claim.dispose();
    element.removeEventListener('touchstart', begin);
    element.removeEventListener('touchmove', move);
    element.removeEventListener('touchend', end);
    element.removeEventListener('touchcancel', end);
  };
}
