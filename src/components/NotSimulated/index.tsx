import type { ReactNode } from 'react';
import Served from './served';

export interface NotSimulatedProps {
  /** Kinds of the API server, commands of kubectl, flags of other commands, or fields of a Service. */
  what: 'kinds' | 'commands' | 'flags' | 'fields';
}

/** What a real cluster has and this one does not, read from the code when the site is built. */
export default function NotSimulated({ what }: NotSimulatedProps): ReactNode {
  return <Served what={what} />;
}
