import clsx from 'clsx';
import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { Loss } from '../../cluster/linux/trace';
import { destinationOf, sourceOf, type Step } from '../trace/steps';
import { lossWord, translationName } from '../trace/words';
import type { Layout, Point } from './layout';
import type { Way } from './path';
import { pointsText } from './boxes';
import styles from './packet.module.css';

/** How long one hop takes, ms. */
const HOP = 340;
const LINE = 15;
const CHARACTER = 6.9;
/** The chip stands above the place, so that the name under it can be read. */
const LIFT = 9;

const useIsomorphicLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

function prefersReducedMotion(): boolean {
  return typeof window !== 'undefined' && (window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false);
}

interface Line {
  text: string;
  /** old: struck through · new: just written */
  change?: 'old' | 'new';
}

/** The two halves of a packet; a half that was just rewritten shows its old value struck through above the new one. */
function chipLines(step: Step): Line[] {
  const half = (changed: boolean, before: string, after: string): Line[] =>
    changed
      ? [
          { text: before, change: 'old' },
          { text: after, change: 'new' },
        ]
      : [{ text: after }];
  return [
    ...half(step.changed.source, sourceOf(step.before), sourceOf(step.after)),
    ...half(step.changed.destination, destinationOf(step.before), destinationOf(step.after)),
  ];
}

/** Key frames of a move along `way`, relative to its end; each corner at its share of the length. */
function framesAlong(way: readonly Point[]): { transform: string; offset: number }[] {
  const lengths = way.slice(1).map((point, index) => Math.hypot(point.x - way[index]!.x, point.y - way[index]!.y));
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const end = way.at(-1)!;
  let passed = 0;
  return way.map((point, index) => {
    if (index > 0) passed += lengths[index - 1]!;
    return { transform: `translate(${point.x - end.x}px, ${point.y - end.y}px)`, offset: Math.min(1, passed / total) };
  });
}

/** `count`: how many packets ended there so, when it is more than the one that is followed. */
export function LossMark({ loss, count, x, y }: { loss: Loss; count?: number } & Point) {
  const word = lossWord(loss);
  const text = count === undefined ? word : `${word} ×${count}`;
  return (
    <g transform={`translate(${x} ${y})`} className={styles.loss}>
      <rect x={-13} y={-13} width={text.length * 7.6 + 40} height={26} rx={2} className={styles.lossPaper} />
      {word === 'REFUSED' && <path d="M-9 -5 H-1 a4.5 4.5 0 0 1 0 9 H-8 M-4 0 l-4 4 l4 4 M7 -9 V9" />}
      {word === 'DROPPED' && <path d="M-9 0 H2 M2 -8 V8 M6 -8 V8" />}
      {word === 'TIMEOUT' && (
        <>
          <circle cx={-1} cy={0} r={8} />
          <path d="M-1 -5 V0 L3 3" />
        </>
      )}
      {(word === 'NO ROUTE' || word === 'UNREACHABLE') && <path d="M-6 -4 a5 5 0 1 1 7 5 q-2 1 -2 3 M-1 7 v1" />}
      <text x={12} y={5} className={styles.lossWord}>
        {text}
      </text>
    </g>
  );
}

/** Moves an element along `way` to its end when `key` changes. */
export function useMove<T extends Element>(way: readonly Point[], key: unknown): RefObject<T | null> {
  const element = useRef<T>(null);
  useIsomorphicLayoutEffect(() => {
    if (!element.current?.animate || way.length < 2 || prefersReducedMotion()) return undefined;
    const animation = element.current.animate(framesAlong(way), { duration: HOP, easing: 'ease-in-out' });
    // A move that comes sooner ends this one; that is no error.
    animation.finished.catch(() => undefined);
    return () => animation.cancel();
  }, [key]);
  return element;
}

interface PacketProps {
  step: Step;
  /** Where it stands and how it got there. */
  at: Way;
  /** Every way so far, for the trail. */
  trail: readonly { direction: Step['direction']; way: readonly Point[] }[];
  layout: Layout;
  /** A step forward moves; every other change of step only changes the state. */
  move: boolean;
}

/** The packet: a chip in the accent colour, source over destination; hollow when it is the reply. */
export function Packet({ step, at, trail, layout, move }: PacketProps): ReactNode {
  const { spot, way, below } = at;
  const chip = useMove<SVGGElement>(move ? way : [], step);

  const lines = chipLines(step);
  const width = Math.max(...lines.map((line) => line.text.length)) * CHARACTER + 18;
  const height = lines.length * LINE + 8;
  const x = Math.max(2, Math.min(spot.x - width / 2, layout.width - width - 2));
  const y = below === undefined ? Math.max(2, spot.y - LIFT - height) : below + 4;
  const tailEnd = below === undefined ? y + height - 1 : y + 1;
  const reply = step.direction === 'reply';
  const rewritten = step.changed.source || step.changed.destination;
  const name = rewritten ? translationName(step) : '';
  const nameWidth = name.length * CHARACTER + 12;
  const nameX = Math.max(2, Math.min(x, layout.width - nameWidth - 2));
  const nameY = below === undefined ? spot.y + 9 : y + height + 3;
  return (
    <g aria-hidden="true">
      {trail.map((part, index) => (
        <g key={index}>
          <polyline
            points={pointsText(part.way)}
            className={clsx(styles.trail, part.direction === 'reply' && styles.trailReply)}
          />
          {part.direction === 'reply' && <polyline points={pointsText(part.way)} className={styles.trailHollow} />}
        </g>
      ))}
      <circle cx={spot.x} cy={spot.y} r={4.5} className={clsx(styles.spot, reply && styles.hollow)} />
      <g ref={chip} className={styles.moving}>
        <path
          d={`M${spot.x - 5} ${tailEnd} L${spot.x} ${spot.y} L${spot.x + 5} ${tailEnd}`}
          className={clsx(styles.tail, reply && styles.hollow)}
        />
        <rect x={x} y={y} width={width} height={height} rx={3} className={clsx(styles.chip, reply && styles.hollow)} />
        {lines.map((line, index) => (
          <g key={`${index}${line.text}`}>
            {line.change === 'new' && (
              <rect
                x={x + 4}
                y={y + 5 + index * LINE}
                width={width - 8}
                height={LINE}
                rx={2}
                className={clsx(styles.fresh, reply && styles.freshReply)}
              />
            )}
            <text
              x={x + 9}
              y={y + 16 + index * LINE}
              className={clsx(
                styles.chipText,
                reply && styles.chipTextReply,
                line.change === 'old' && styles.old,
                line.change === 'new' && styles.new,
              )}
            >
              {line.text}
            </text>
          </g>
        ))}
        {name && (
          <g>
            <rect x={nameX} y={nameY} width={nameWidth} height={17} className={styles.nameBack} />
            <text x={nameX + 6} y={nameY + 13} className={styles.chain}>
              {name}
            </text>
          </g>
        )}
      </g>
      {step.loss && (
        <LossMark
          loss={step.loss}
          x={Math.min(spot.x + 4, layout.width - 116)}
          y={below === undefined ? spot.y + 24 : y + height + 17}
        />
      )}
    </g>
  );
}
