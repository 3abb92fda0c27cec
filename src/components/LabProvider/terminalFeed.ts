import type { TerminalSession } from '../../shell/types';

/** Everything the session printed lately, so that a second terminal on the page can show the same screen. */
export interface TerminalFeed {
  /** Calls `listener` with what was printed so far, then with each later text. Returns the function that stops it. */
  attach(listener: (text: string) => void): () => void;
  dispose(): void;
}

/** Characters kept for late terminals: about 500 lines. */
const KEPT = 64 * 1024;

export function createTerminalFeed(session: TerminalSession): TerminalFeed {
  let printed = '';
  const listeners = new Set<(text: string) => void>();
  const stop = session.onOutput((text) => {
    printed += text;
    // Cut at a line start: half an escape sequence would be shown as text.
    if (printed.length > 2 * KEPT) printed = printed.slice(printed.indexOf('\n', printed.length - KEPT) + 1);
    for (const listener of [...listeners]) listener(text);
  });
  return {
    attach(listener) {
      if (printed !== '') listener(printed);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      stop();
      listeners.clear();
    },
  };
}
