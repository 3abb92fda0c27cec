import type { ReactNode } from 'react';
import type { Hop, Trace } from '../../cluster/linux/trace';
import { hopReason } from '../trace/reasons';
import { destinationOf, sourceOf } from '../trace/steps';
import { detailLabel } from '../trace/words';
import styles from './styles.module.css';

/** What a hop changed of the packet, `before → after`; nothing for most. */
function changesOf({ before, after }: Hop): string[] {
  const pairs = [
    [sourceOf(before), sourceOf(after)],
    [destinationOf(before), destinationOf(after)],
    [`mark 0x${before.mark.toString(16)}`, `mark 0x${after.mark.toString(16)}`],
    [`ttl ${before.ttl}`, `ttl ${after.ttl}`],
  ] as const;
  return pairs.filter(([old, now]) => old !== now).map(([old, now]) => `${old} → ${now}`);
}

/** Every hop of a step: where it was, why it happened, the text behind it, and what it changed. @param of indices in `trace.hops` */
export default function HopList({ trace, of }: { trace: Trace; of: readonly number[] }): ReactNode {
  return (
    <ul>
      {of.map((index) => {
        const hop = trace.hops[index]!;
        return (
          <li key={index}>
            <span className={styles.label}>{detailLabel(hop)}</span>
            <span className={styles.reason}>{hopReason(trace.hops, index)}</span>
            {hop.text !== undefined && <code className={styles.rule}>{hop.text}</code>}
            {hop.element !== undefined && <code className={styles.rule}>{hop.element}</code>}
            {changesOf(hop).map((change) => (
              <code key={change} className={styles.values}>
                {change}
              </code>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
