import { translate } from '@docusaurus/Translate';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type Dispatch,
  type KeyboardEvent,
  type ReactNode,
  type SetStateAction,
} from 'react';
import type { Trace } from '../../cluster/linux/trace';
import type { Lab, NodeRules } from '../../lab/types';
import { useLabContext, useLabSnapshot, usePageState, type Link } from '../LabProvider/context';
import frame from '../frame.module.css';
import { traceTitle } from '../trace/words';
import type { Step } from '../trace/steps';
import { useTrace } from '../trace/useTrace';
import { ChainView } from './ChainView';
import { chainKey, lineKey, matchesOf, rulesPassed, stepsByChain, type Match } from './matches';
import { ownerOf, serviceName } from './owner';
import { readRules, type Chain, type RuleLine } from './ruleset';
import styles from './rules.module.css';
import { Why } from './Why';

const hostOf = (node: string): string => `node:${node}`;

/** The node whose rules the step is about: its own, or the last one before it whose rules the packet passed, or the first after it. */
function nodeOfStep(trace: Trace | undefined, steps: readonly Step[], index: number): string | undefined {
  const passes = (step: Step) => step.host.startsWith('node:') && rulesPassed(trace!, step, step.host).length > 0;
  const step = steps.slice(0, index + 1).findLast(passes) ?? steps.find(passes);
  return step?.host.slice('node:'.length);
}

interface RulesProps {
  lab: Lab;
  /** The node to begin with. */
  node?: string;
}

/** What the reader chose, which outlives a look at another view. */
interface Chosen {
  node: [string | undefined, (node: string | undefined) => void];
  /** Chains that were folded or unfolded by hand. */
  folded: [ReadonlyMap<string, boolean>, Dispatch<SetStateAction<ReadonlyMap<string, boolean>>>];
}

/** `inBench`: behind another view of the bench it asks the cluster for nothing. */
export default function LiveRules({ inBench, ...props }: RulesProps & { inBench: boolean }): ReactNode {
  const view = usePageState('view');
  const chosen: Chosen = { node: useState(props.node), folded: useState<ReadonlyMap<string, boolean>>(new Map()) };
  return inBench && view !== 'rules' ? null : <ShownRules {...props} chosen={chosen} />;
}

function ShownRules({
  lab,
  node: given,
  chosen: {
    node: [chosen, choose],
    folded: [folded, fold],
  },
}: RulesProps & { chosen: Chosen }) {
  const { page } = useLabContext();
  const moment = usePageState('moment');
  const link = usePageState('link');
  const snapshot = useLabSnapshot() ?? lab.getSnapshot();
  const { trace, steps, index, goTo } = useTrace();
  const [wanted, want] = useState<string>();
  const [pointed, point] = useState<{ line: RuleLine; chain: Chain }>();
  const [target, aim] = useState<string>();
  const list = useRef<HTMLDivElement>(null);

  const names = snapshot.nodes.map(({ metadata }) => metadata.name);
  const ofStep = useMemo(() => nodeOfStep(trace, steps, index), [trace, steps, index]);
  const node = [chosen, ofStep, ...names].find((name) => name !== undefined && names.includes(name));
  // A packet that is followed leads from node to node; a figure about one node stays there.
  useEffect(() => {
    if (given === undefined) choose(undefined);
  }, [given, trace, index]);

  // What the node prints is the same until the lab changes, whichever step is looked at.
  const { mode = 'iptables', text = '' } = useMemo(
    () => (node !== undefined && lab.rulesOf(node)) || ({} as Partial<NodeRules>),
    [lab, node, snapshot],
  );
  // The program prints the time of day.
  const still = text.replace(/^#.*$/gm, '');
  const tables = useMemo(() => readRules({ mode, text: still }), [mode, still]);
  const matches = useMemo(() => matchesOf(tables, trace, steps, hostOf(node ?? '')), [tables, trace, steps, node]);

  const services = snapshot.services;
  const own = services.filter((service) => serviceName(service) !== 'default/kubernetes');
  const service = own.find((candidate) => serviceName(candidate) === wanted) ?? own.at(-1);
  const matters = useMemo(() => {
    const keys = new Set<string>();
    for (const chain of tables.flatMap(({ chains }) => chains)) {
      const open = chain.lines.some(
        (line, at) =>
          matches.lines.has(lineKey(chain, at)) ||
          (service !== undefined && ownerOf(line, chain, services)?.service.metadata.uid === service.metadata.uid),
      );
      if (open) keys.add(chainKey(chain));
    }
    return keys;
  }, [tables, matches, service, services]);

  // What the step ended with stands last among its rules.
  let current: { key: string; line: RuleLine; chain: Chain; at: number; order: number } | undefined;
  for (const chain of tables.flatMap(({ chains }) => chains)) {
    for (const [at, line] of chain.lines.entries()) {
      const key = lineKey(chain, at);
      const order = matches.lines.get(key)?.find(({ step }) => step === index)?.order ?? -1;
      if (order > (current?.order ?? -1)) current = { key, line, chain, at, order };
    }
  }
  const currentKey = current?.key;

  useEffect(() => {
    const box = list.current;
    const row = box?.querySelector<HTMLElement>('[data-current]');
    if (!box || !row) return;
    // The list scrolls, never the page.
    const top = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top + row.offsetHeight > box.clientHeight) box.scrollTop += top - box.clientHeight / 3;
  }, [currentKey, trace, node]);

  useEffect(() => {
    const box = list.current;
    const head = [...(box?.querySelectorAll<HTMLElement>('[data-chain]') ?? [])].find((one) => one.dataset.chain === target);
    if (!box || !head) return;
    head.focus({ preventScroll: true });
    box.scrollTop += head.getBoundingClientRect().top - box.getBoundingClientRect().top;
    aim(undefined);
  }, [target]);

  const passing = useMemo(() => stepsByChain(tables, matches), [tables, matches]);
  // The same functions at each step: a chain that the step does not touch is not drawn again.
  const foldChain = useCallback((key: string, open: boolean) => fold((before) => new Map(before).set(key, open)), []);
  const jump = useCallback(
    (key: string) => {
      foldChain(key, true);
      aim(key);
    },
    [foldChain],
  );
  const pointAt = useCallback((line: RuleLine, chain: Chain) => point({ line, chain }), []);
  const light = useCallback((next: Link | undefined) => page.set({ link: next }), [page]);
  const goToNext = useCallback(
    (found: readonly Match[]) => {
      const next = found.find(({ step }) => step >= page.get().step) ?? found[0];
      if (next) goTo(next.step);
    },
    [page, goTo],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.target === event.currentTarget) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
    const here = stops.findIndex((stop) => stop === event.target || stop.parentElement?.contains(event.target as Node));
    event.preventDefault();
    stops[here + by]?.focus();
  };
  const count = [...matches.lines.values()].reduce((sum, { length }) => sum + length, 0);
  const shown = pointed ?? current;
  return (
    <div className={styles.parts}>
      <div className={frame.bar}>
        <label className={styles.label}>
          {translate({ id: 'widget.rules.node', message: '노드' })}{' '}
          <select className={frame.select} value={node} onChange={({ target: { value } }) => choose(value)}>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {own.length > 1 && (
          <label className={styles.label}>
            {translate({ id: 'widget.rules.service', message: '펼쳐 둘 서비스' })}{' '}
            <select
              className={frame.select}
              value={service && serviceName(service)}
              onChange={({ target: { value } }) => want(value)}
            >
              {own.map((one) => (
                <option key={one.metadata.uid}>{serviceName(one)}</option>
              ))}
            </select>
          </label>
        )}
        <code className={styles.command}>{mode === 'iptables' ? 'iptables-save -c' : 'nft list ruleset'}</code>
      </div>
      <p className={styles.packet}>
        {!trace
          ? translate({
              id: 'widget.rules.noPacket',
              message: '아직 보낸 패킷이 없다. 패킷을 보내면 지나간 규칙에 단계의 번호가 붙는다.',
            })
          : count === 0 && matches.gone === 0
            ? `${traceTitle(trace)} · ${translate({ id: 'widget.rules.elsewhere', message: '이 노드의 규칙은 지나지 않았다.' })}`
            : `${traceTitle(trace)} · ${translate({ id: 'widget.rules.passed', message: '지나간 규칙: {count}' }, { count: String(count) })}`}
        {matches.gone > 0 &&
          ` · ${translate({ id: 'widget.rules.gone', message: '그 뒤에 바뀌어 이제 없는 규칙: {count}' }, { count: String(matches.gone) })}`}
        {moment !== undefined &&
          ` · ${translate({ id: 'widget.rules.now', message: '되감아 보는 동안에도 규칙은 지금의 것이다.' })}`}
      </p>
      <div
        ref={list}
        className={styles.list}
        role="group"
        tabIndex={0}
        aria-label={translate({ id: 'widget.rules.list', message: '노드의 규칙, 체인별로' })}
        onKeyDown={onKeyDown}
        onMouseLeave={() => point(undefined)}
      >
        {tables.map((table) => (
          <div key={table.name} className={styles.table}>
            <p className={styles.head}>{table.head}</p>
            {table.chains.map((chain) => {
              const key = chainKey(chain);
              return (
                <ChainView
                  key={key}
                  chain={chain}
                  chains={table.chains}
                  open={folded.get(key) ?? matters.has(key)}
                  matches={matches}
                  services={services}
                  link={link}
                  step={passing.get(key)?.has(index) ? index : undefined}
                  currentAt={current?.chain === chain ? current.at : undefined}
                  onFold={foldChain}
                  onJump={jump}
                  onPoint={pointAt}
                  onLink={light}
                  onStep={goTo}
                  onRule={goToNext}
                />
              );
            })}
          </div>
        ))}
      </div>
      <Why shown={shown} services={services} />
    </div>
  );
}
