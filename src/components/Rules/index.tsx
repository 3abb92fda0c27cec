import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import Cue from '../Prose/Cue';
import InProse from '../Prose/InProse';
import RulesFigure from './RulesFigure';

/** A node's packet rules, those that the packet passed lit. `node`: the node to begin with; by itself it follows the packet. */
export default function Rules({ node }: { node?: string }): ReactNode {
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
