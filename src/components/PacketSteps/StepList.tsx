import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useRef, type ReactNode } from 'react';
import { usePageState, type Link } from '../LabProvider/context';
import { detailLabel, outcomeLine, stepWords, traceTitle } from '../trace/words';
import type { Step } from '../trace/steps';
import { useTrace } from '../trace/useTrace';
import styles from './styles.module.css';

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

function StepItem({ step, current, lit, onChoose }: { step: Step; current: boolean; lit: boolean; onChoose: () => void }) {
  const words = stepWords(step);
  return (
    <li className={clsx(styles.step, current && styles.current, lit && styles.lit)} aria-current={current ? 'step' : undefined}>
      <button type="button" className={styles.choose} onClick={onChoose}>
        <strong className={styles.place}>{words.place}</strong>
        <span className={styles.sentence}>{words.sentence}</span>
        {words.values && <code className={styles.values}>{words.values}</code>}
      </button>
      {step.kind !== 'travel' && step.text && <code className={styles.rule}>{step.text}</code>}
      {step.details.length > 0 && (
        <details className={styles.details}>
          <summary>
            {translate(
              { id: 'widget.steps.passed', message: '여기까지 지나온 규칙과 경로: {count}' },
              { count: String(step.details.length) },
            )}
          </summary>
          <ul>
            {step.details.map((hop, index) => (
              <li key={index}>
                <span className={styles.label}>{detailLabel(hop)}</span>
                {hop.text && <code className={styles.rule}>{hop.text}</code>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** The packet's path in words, in order. Choosing a step moves the map to it. */
export default function StepList({ title = true }: { title?: boolean }): ReactNode {
  const { trace, steps, index, goTo } = useTrace();
  const { link } = usePageState();
  const list = useRef<HTMLOListElement>(null);
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
        tabIndex={0}
        aria-label={translate({ id: 'widget.steps.label', message: '패킷의 경로, 차례대로' })}
      >
        {steps.map((step, number) => (
          <StepItem
            key={number}
            step={step}
            current={number === index}
            lit={mentions(step, link)}
            onChoose={() => goTo(number)}
          />
        ))}
      </ol>
    </div>
  );
}
