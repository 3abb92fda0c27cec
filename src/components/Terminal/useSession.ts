import { useEffect, useReducer } from 'react';
import type { TerminalSession } from '../../shell/types';

/** Draws the component again after the session's transcript, place or state changed. */
export function useSession(session: TerminalSession): TerminalSession {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => session.subscribe(again), [session]);
  return session;
}
