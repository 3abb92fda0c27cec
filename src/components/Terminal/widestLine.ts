import type { TerminalSession } from '../../shell/types';

/** Longer lines (rules, JSON) are broken rather than scrolled, as in any terminal; tables of kubectl stay below it. */
const MOST_COLUMNS = 132;

/** A function that gives how many columns the lines printed so far want, 0 when there are none. */
export function widestLine(session: Pick<TerminalSession, 'transcript'>): () => number {
  let seen = session.transcript;
  let widest = 0;
  const look = () => {
    if (session.transcript.length === 0) widest = 0;
    // Earlier entries do not change any more.
    for (const { output } of session.transcript.slice(Math.max(0, Math.min(seen.length, session.transcript.length) - 1))) {
      for (const line of output.split('\n')) if (line.length <= MOST_COLUMNS) widest = Math.max(widest, line.length);
    }
    seen = session.transcript;
  };
  seen = [];
  look();
  return () => {
    if (session.transcript !== seen) look();
    return widest;
  };
}
