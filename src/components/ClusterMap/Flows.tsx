import { useMemo, type ReactNode } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import { endsOf, linesOf, wayOf } from './flows';
import type { Layout } from './layout';
import type { MapModel } from './model';
import { LossMark, useMove } from './Packet';
import { spotOf } from './path';
import { CHARACTER, pointsText } from './boxes';
import styles from './packet.module.css';

interface FlowsProps {
  model: MapModel;
  layout: Layout;
  /** The connections shown, oldest first. */
  traces: readonly Trace[];
}

/** Several connections at once: a line for each way, thicker for more, and how many ended where. The latest stands out. */
export default function Flows({ model, layout, traces }: FlowsProps): ReactNode {
  const nodeOf = useMemo(() => new Map(model.nodes.flatMap(({ id, pods }) => pods.map((pod) => [pod.id, id] as const))), [model]);
  const lines = useMemo(() => linesOf(layout, traces, nodeOf), [layout, traces, nodeOf]);
  const latest = traces.at(-1);
  const way = useMemo(() => (latest ? wayOf(layout, latest, nodeOf) : []), [layout, latest, nodeOf]);
  const dot = useMove<SVGCircleElement>(way, latest?.id);
  const end = way.at(-1);
  return (
    <g aria-hidden="true">
      {lines.map((line, index) => (
        <polyline
          key={index}
          points={pointsText(line.way)}
          className={styles.flow}
          style={{ strokeWidth: 1.5 + Math.min(line.count, 8) * 0.75 }}
        />
      ))}
      <polyline points={pointsText(way)} className={styles.trail} />
      {end && <circle ref={dot} cx={end.x} cy={end.y} r={5.5} className={styles.spot} />}
      {endsOf(traces).map(({ host, loss, count }) => {
        const spot = spotOf(layout, host) ?? spotOf(layout, nodeOf.get(host) ?? '');
        if (!spot) return null;
        const key = `${host} ${loss?.kind ?? ''}`;
        if (loss)
          return <LossMark key={key} loss={loss} count={count} x={Math.min(spot.x + 8, layout.width - 132)} y={spot.y - 18} />;
        const text = `×${count}`;
        const width = text.length * CHARACTER + 10;
        const box = layout.folded.find(({ id }) => id === nodeOf.get(host));
        // In a folded node there is no pod to stand beside: the count is at the end of its line.
        const x = box ? box.x + box.width - width - 4 : Math.min(spot.x + 8, layout.width - width - 2);
        const y = box ? box.y + box.height - 12 : spot.y;
        return (
          <g key={key}>
            <rect x={x} y={y - 10} width={width} height={20} rx={3} className={styles.chip} />
            <text x={x + 5} y={y + 5} className={styles.chipText}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
