import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import frame from '../frame.module.css';
import type { MapModel } from './model';
import { podCount } from './Picture';
import styles from './map.module.css';

interface FoldedNodesProps {
  model: MapModel;
  folded: readonly { id: string }[];
  opened: ReadonlySet<string>;
  onToggle: (node: string) => void;
}

/** What the picture of a large cluster folds, in words; each node is opened and folded here. */
export default function FoldedNodes({ model, folded, opened, onToggle }: FoldedNodesProps): ReactNode {
  const hidden = new Set(folded.map(({ id }) => id));
  return (
    <details className={styles.folded}>
      <summary>
        {translate(
          {
            id: 'widget.map.folded',
            message: '이름만 그린 노드: {folded} / {all}. 이 패킷이 지나지 않는 노드이고, 여기에서 펼칠 수 있다.',
          },
          { all: String(model.nodes.length), folded: String(folded.length) },
        )}
      </summary>
      <div className={frame.bar}>
        {model.nodes
          .filter(({ id }) => hidden.has(id) || opened.has(id))
          .map(({ id, name, pods }) => (
            <button key={id} type="button" className={frame.button} aria-pressed={opened.has(id)} onClick={() => onToggle(id)}>
              {`${name} · ${podCount(pods.length)}`}
            </button>
          ))}
      </div>
    </details>
  );
}
