import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import Cue from '../Prose/Cue';
import InProse from '../Prose/InProse';
import { Commands } from './Commands';
import TerminalFigure from './TerminalFigure';

interface TerminalProps {
  /** Command lines offered as buttons; the first one is also in the still picture. */
  commands?: string[];
}

/** A terminal on the lab's machines. */
export default function Terminal({ commands = [] }: TerminalProps): ReactNode {
  return (
    <InProse
      cue={
        <Cue part="terminal" shows={{}} label={translate({ id: 'widget.terminal.cue', message: '터미널에서 실행한다' })}>
          <Commands commands={commands} />
        </Cue>
      }
    >
      <TerminalFigure commands={commands} />
    </InProse>
  );
}
