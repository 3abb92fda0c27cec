import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import { useLabContext, useLabPart, usePageState, type Link } from '../LabProvider/context';
import { outcomeLine, stepWords, traceTitle } from '../trace/words';
import { hopsOf, type Step } from '../trace/steps';
import { useTrace } from '../trace/useTrace';
import { linkOfStep } from './stepLink';
import styles from './styles.module.css';

const HopList = lazy(() => import('./HopList'));

/** Whether a step is about the value that is lit. */
function mentions(step: Step, link: Link | undefined): boolean {
  if (!link || !['port', 'nodePort', 'targetPort', 'clusterIP', 'externalIP'].includes(link.part)) return false;
  const { after, before } = step;
  const address = link.part === 'clusterIP' || link.part === 'externalIP';
  return [before, after].some((packet) =>
    address
      ? packet.destination === link.value || packet.source === link.value
      : String(packet.destinationPort) === link.value || String(packet.sourcePort) === link.value,
  );
}

/** The step hop by hop, with reasons; their words come when they are first asked for. */
function Hops({ trace, of }: { trace: Trace; of: readonly number[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {translate({ id: 'widget.steps.hops', message: '까닭과 함께 한 홉씩: {count}' }, { count: String(of.length) })}
      </summary>
      {open && (
        <Suspense fallback={null}>
          <HopList trace={trace} of={of} />
        </Suspense>
      )}
    </details>
  );
}

interface StepItemProps {
  trace: Trace;
  step: Step;
  /** Its hops, as indices of the trace's. */
  hops: readonly number[];
  current: boolean;
  lit: boolean;
  /** Its index among the steps. */
  number: number;
  onChoose: (number: number) => void;
}

/** Drawn again only when it becomes or ends being the current one: a packet that plays moves two of many. */
const StepItem = memo(function StepItem({ trace, step, hops, number, current, lit, onChoose }: StepItemProps) {
  const words = stepWords(step);
  return (
    <li className={clsx(styles.step, current && styles.current, lit && styles.lit)} aria-current={current ? 'step' : undefined}>
      <button type="button" className={styles.choose} onClick={() => onChoose(number)}>
        <strong className={styles.place}>{words.place}</strong>
        <span className={styles.sentence}>{words.sentence}</span>
        {words.values && <code className={styles.values}>{words.values}</code>}
      </button>
      {step.kind !== 'travel' && step.text && <code className={styles.rule}>{step.text}</code>}
      <Hops trace={trace} of={hops} />
    </li>
  );
});

/** The packet's path in words, in order. Choosing a step moves the map to it. */
export default function StepList({ title = true }: { title?: boolean }): ReactNode {
  const { trace, steps, index, goTo } = useTrace();
  const link = usePageState('link');
  const { page } = useLabContext();
  const services = useLabPart('services') ?? [];
  const hops = useMemo(() => steps.map((_, number) => hopsOf(steps, number)), [steps]);
  const list = useRef<HTMLOListElement>(null);
  const point = (target: EventTarget) => {
    const at = [...(list.current?.children ?? [])].findIndex((item) => target instanceof Node && item.contains(target));
    const step = steps[at];
    const next = step && linkOfStep(step, services);
    if (next?.part !== link?.part || next?.value !== link?.value) page.set({ link: next });
  };
  useEffect(() => {
    const box = list.current;
    const item = box?.children[index];
    // Scrolls the list only, never the page under the reader.
    if (box && item instanceof HTMLElement) {
      const top = item.offsetTop - box.offsetTop;
      if (top < box.scrollTop || top + item.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - 8;
    }
  }, [index, trace]);
  if (!trace) {
    return (
      <p className={styles.empty}>
        {translate({
          id: 'widget.steps.empty',
          message: '아직 보낸 패킷이 없다. 터미널에서 curl을 실행하거나, 지도에서 패킷을 보낸다.',
        })}
      </p>
    );
  }
  return (
    <div className={styles.steps}>
      {title && <p className={styles.title}>{traceTitle(trace)}</p>}
      <p className={styles.outcome}>{outcomeLine(trace)}</p>
      {/* A scrolling region is reached by keyboard */}
      <ol
        ref={list}
        className={styles.list}
        onMouseOver={({ target }) => point(target)}
        onFocus={({ target }) => point(target)}
        onMouseLeave={() => page.set({ link: undefined })}
        onBlur={() => page.set({ link: undefined })}
        tabIndex={0}
        aria-label={translate({ id: 'widget.steps.label', message: '패킷의 경로, 차례대로' })}
      >
        {steps.map((step, number) => (
          <StepItem
            key={number}
            trace={trace}
            step={step}
            hops={hops[number]!}
            number={number}
            current={number === index}
            lit={mentions(step, link)}
            onChoose={goTo}
          />
        ))}
      </ol>
    </div>
  );
}
