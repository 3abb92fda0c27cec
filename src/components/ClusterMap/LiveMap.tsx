import { translate } from '@docusaurus/Translate';
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabContext, usePageState, type Link } from '../LabProvider/context';
import { useShownObjects } from '../LabProvider/useShownState';
import StepList from '../PacketSteps/StepList';
import { notesUntil } from '../trace/steps';
import { outcomeLine, traceTitle } from '../trace/words';
import { useTrace } from '../trace/useTrace';
import { Controls } from './Controls';
import { useFirstPacket, type FirstPacket } from './firstPacket';
import { wholeNodes } from './fold';
import { layoutOf } from './layout';
import { liveModel } from './model';
import { Packet } from './Packet';
import { waysOf } from './path';
import { Picture } from './Picture';
import { SendForm } from './SendForm';
import { emptyText } from './StillControls';
import styles from './map.module.css';

// Most labs need neither: they come when they do.
const Flows = lazy(() => import('./Flows'));
const FlowControls = lazy(() => import('./FlowControls'));
const FoldedNodes = lazy(() => import('./FoldedNodes'));

/** How far a packet's chip reaches above its place, and the words about it below, CSS px. */
const ABOVE = 70;
const BELOW = 50;

/** The width of an element in CSS pixels, followed as it changes. @param expected its first width, when that is known */
function useWidth(expected: number): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(expected);
  // Before anything is painted: a map of another width would push the page about.
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    setWidth(element.clientWidth);
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

const flowsTitle = (count: number): string =>
  translate({ id: 'widget.map.flowsTitle', message: '클러스터 지도: 함께 그린 연결 {count}' }, { count: String(count) });

export default function LiveMap({
  lab,
  steps: withSteps,
  send,
  packet,
  inBench,
  picker = true,
  width: expected = 0,
}: {
  lab: Lab;
  steps: boolean;
  send: boolean;
  packet?: FirstPacket;
  /** The list of steps scrolls with the map, above the controls. */
  inBench: boolean;
  /** Whether another packet of the lab can be chosen, or several at once. */
  picker?: boolean;
  /** How wide the still picture was in whose place it comes, CSS px: drawn at that width at once, it is drawn once. */
  width?: number;
}): ReactNode {
  useFirstPacket(lab, packet);
  const looked = useTrace();
  const { page } = useLabContext();
  const link = usePageState('link');
  const light = useCallback((next: Link | undefined) => page.set({ link: next }), [page]);
  const [ref, width] = useWidth(expected);
  const [move, setMove] = useState(false);
  const { trace, steps, index } = looked;
  const { nodes, pods, services, endpointSlices } = useShownObjects(lab);
  const model = useMemo(
    () => liveModel({ nodes, pods, services, endpointSlices }, trace),
    [nodes, pods, services, endpointSlices, trace],
  );
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [together, setTogether] = useState<{ most: number; shown: number }>();
  const several = useMemo(
    () => together && looked.traces.slice(-together.most).slice(0, together.shown),
    [together, looked.traces],
  );
  const hosts = useMemo(() => (trace && !together ? trace.hops.map(({ host }) => host) : []), [trace, together]);
  const whole = useMemo(() => wholeNodes(model, hosts, opened), [model, hosts, opened]);
  const layout = useMemo(() => layoutOf(model, width || 760, whole), [model, width, whole]);
  const toggle = (node: string) => {
    const next = new Set(opened);
    if (!next.delete(node)) next.add(node);
    setOpened(next);
  };
  const ways = useMemo(() => waysOf(layout, steps), [layout, steps]);
  const step = steps[index];
  const here = ways[index];
  const notes = useMemo(() => (trace && step ? notesUntil(trace, step.lastHop) : undefined), [trace, step]);
  // Only the way of this direction and leg: the reply's line would lie on the request's.
  const trail = ways
    .slice(1, index + 1)
    .map(({ way }, before) => ({ way, of: steps[before + 1]! }))
    .filter(({ way, of }) => way.length > 1 && of.direction === step?.direction && of.leg === step.leg)
    .map(({ way, of }) => ({ way, direction: of.direction }));
  const title = trace
    ? `${traceTitle(trace)}: ${outcomeLine(trace)}`
    : translate({ id: 'widget.map.title', message: '클러스터 지도: 왼쪽에서 묻고 오른쪽에서 답한다' });
  const view = useRef<HTMLDivElement>(null);
  const spot = here?.spot.y;
  useEffect(() => {
    const box = view.current;
    const picture = ref.current;
    if (!inBench || !box || !picture || spot === undefined) return;
    const y = (spot / layout.height) * picture.clientHeight;
    const room = box.clientHeight;
    // Scrolls the map only, never the page: the chip, its rule's name and its end stay in sight.
    if (y - ABOVE < box.scrollTop || y + BELOW > box.scrollTop + room) box.scrollTop = y - Math.max(ABOVE, room / 2);
  }, [inBench, spot, layout, ref]);
  const list = withSteps && trace && !together && <StepList title={false} />;
  return (
    <div className={styles.parts}>
      <div ref={view} className={styles.view} tabIndex={0}>
        <div ref={ref} className={styles.measure}>
          <Picture
            model={model}
            layout={layout}
            link={link}
            notes={notes}
            busy={several ? undefined : step?.kind === 'travel' ? step.to : step?.host}
            title={several ? flowsTitle(several.length) : title}
            onLink={light}
            onOpen={toggle}
          >
            {!several && step && here && <Packet step={step} at={here} trail={trail} layout={layout} move={move} />}
            {several && (
              <Suspense fallback={null}>
                <Flows model={model} layout={layout} traces={several} />
              </Suspense>
            )}
          </Picture>
        </div>
        {model.nodes.length > whole.size || opened.size > 0 ? (
          <Suspense fallback={null}>
            <FoldedNodes model={model} folded={layout.folded} opened={opened} onToggle={toggle} />
          </Suspense>
        ) : null}
        {inBench && list}
      </div>
      <div className={styles.dock}>
        {together ? (
          <Suspense fallback={<div className={styles.roomForControls} />}>
            <FlowControls traces={looked.traces} {...together} onChange={setTogether} onLeave={() => setTogether(undefined)} />
          </Suspense>
        ) : (
          trace && (
            <Controls
              looked={looked}
              onMove={setMove}
              {...(picker && {
                onTogether: () => setTogether({ most: 10, shown: Math.min(10, looked.traces.length) }),
              })}
            />
          )
        )}
        {!trace && (packet ? <div className={styles.roomForControls} /> : <p className={styles.empty}>{emptyText()}</p>)}
        {send && <SendForm lab={lab} />}
      </div>
      {!inBench && list}
    </div>
  );
}
