import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Link } from '../LabProvider/context';
import { declares, kindOf } from './kinds';
import { chainKey, lineKey, type Match, type Matches } from './matches';
import { ownerOf } from './owner';
import { piecesOf } from './pieces';
import type { Chain, RuleLine } from './ruleset';
import styles from './rules.module.css';
import { fieldsOf } from './why';
import { sameLink } from './Why';

interface ChainProps {
  chain: Chain;
  /** Those of its table: what can be jumped to. */
  chains: readonly Chain[];
  open: boolean;
  matches: Matches;
  services: readonly KubeObject[];
  link: Link | undefined;
  /** Index of the step looked at, when it met a rule of this chain. */
  step: number | undefined;
  /** Index of the rule that the step is about, when it is one of this chain. */
  currentAt: number | undefined;
  /** @param key of the chain (`chainKey`) */
  onFold: (key: string, open: boolean) => void;
  onJump: (key: string) => void;
  onPoint: (line: RuleLine, chain: Chain) => void;
  onLink: (link: Link | undefined) => void;
  onStep: (step: number) => void;
  /** A rule was pressed that these steps met. */
  onRule: (found: readonly Match[]) => void;
}

/** The numbers of the steps that met a rule; each leads to its step. A rule that none met has a dot, to be chosen by keyboard. */
function Gutter({
  found,
  step,
  onFocus,
  onStep,
}: {
  found: readonly Match[];
  step?: number;
  onFocus: () => void;
  onStep: (step: number) => void;
}): ReactNode {
  if (found.length === 0) {
    return (
      <button
        type="button"
        className={styles.dot}
        data-stop
        aria-label={translate({ id: 'widget.rules.why', message: '이 규칙이 왜 있는지 본다' })}
        onFocus={onFocus}
        onClick={onFocus}
      >
        ·
      </button>
    );
  }
  return found.map((match, at) => (
    <button
      key={match.label}
      type="button"
      className={styles.badge}
      data-stop={at === 0 || undefined}
      aria-current={match.step === step ? 'step' : undefined}
      aria-label={translate({ id: 'widget.rules.step', message: '패킷의 단계: {label}' }, { label: match.label })}
      onFocus={onFocus}
      onClick={() => onStep(match.step)}
    >
      {match.label}
    </button>
  ));
}

/** One chain, or one set or map: its declaration, and its rules when it is unfolded. */
export const ChainView = memo(function ChainView(props: ChainProps): ReactNode {
  const { chain, open, matches, services, link, step } = props;
  const names = new Set(props.chains.map(({ name }) => name));
  const rows = chain.lines.map((line, at) => {
    const key = lineKey(chain, at);
    const owner = ownerOf(line, chain, services);
    return { key, line, owner, found: matches.lines.get(key) ?? [], pieces: piecesOf(line, chain, owner, services, names) };
  });
  const passed = rows.reduce((sum, { found }) => sum + found.length, 0);
  const hidesLink = !open && rows.some(({ pieces }) => pieces.some((piece) => sameLink(piece.link, link)));
  return (
    <div className={styles.chain}>
      <button
        type="button"
        className={clsx(styles.fold, hidesLink && styles.lit)}
        data-stop
        data-chain={`${chain.table} ${chain.name}`}
        aria-expanded={open}
        onClick={() => props.onFold(chainKey(chain), !open)}
      >
        <span className={styles.sign} aria-hidden="true">
          {open ? '−' : '+'}
        </span>
        <span className={styles.name}>{chain.head}</span>
        {!open && (
          <span className={styles.count}>
            {translate({ id: 'widget.rules.count', message: '줄 {count}' }, { count: String(rows.length) })}
            {passed > 0 &&
              ` · ${translate({ id: 'widget.rules.passed', message: '지나간 규칙: {count}' }, { count: String(passed) })}`}
          </span>
        )}
      </button>
      {open && (
        <ul className={styles.rules}>
          {rows.map(({ key, line, owner, found, pieces }, at) => {
            const kind = kindOf(line, chain);
            const main = kind && fieldsOf(kind, owner).find((field) => field.link)?.link;
            const point = () => {
              props.onPoint(line, chain);
              props.onLink(main);
            };
            const current = found.some((match) => match.step === step);
            return (
              <li
                key={key}
                className={clsx(styles.rule, found.length > 0 && styles.met, current && styles.current)}
                data-current={at === props.currentAt || undefined}
                onMouseEnter={() => props.onPoint(line, chain)}
                onClick={() => props.onRule(found)}
              >
                <span
                  className={styles.gutter}
                  onBlur={() => props.onLink(undefined)}
                  onClick={(event) => event.stopPropagation()}
                >
                  {!declares(line) && <Gutter found={found} step={step} onFocus={point} onStep={props.onStep} />}
                </span>
                <code className={styles.text}>
                  {line.counters && <span className={styles.counters}>{line.counters} </span>}
                  {pieces.map((piece, at) =>
                    piece.jump !== undefined ? (
                      <button
                        key={at}
                        type="button"
                        className={styles.jump}
                        onClick={(event) => {
                          event.stopPropagation();
                          props.onJump(chainKey({ table: chain.table, name: piece.jump! }));
                        }}
                      >
                        {piece.text}
                      </button>
                    ) : piece.link ? (
                      <span
                        key={at}
                        className={clsx(styles.value, sameLink(piece.link, link) && styles.lit)}
                        onMouseEnter={() => props.onLink(piece.link)}
                        onMouseLeave={() => props.onLink(undefined)}
                      >
                        {piece.text}
                      </span>
                    ) : (
                      piece.text
                    ),
                  )}
                </code>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
});
