import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import Cue from '../Prose/Cue';
import InProse from '../Prose/InProse';
import RulesFigure from './RulesFigure';

interface RulesProps {
  /** The node to begin with; without it the figure follows the packet. */
  node?: string;
}

/** A node's packet rules, those that the packet passed lit. */
export default function Rules({ node }: RulesProps): ReactNode {
  return (
    <InProse
      cue={
        <Cue
          part="rules"
          shows={{ view: 'rules' }}
          label={translate({ id: 'widget.rules.cue', message: '노드의 규칙을 본다' })}
          code={node}
        />
      }
    >
      <RulesFigure node={node} />
    </InProse>
  );
}
