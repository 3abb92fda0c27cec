import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { Fragment, useId, type ReactNode } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import type { LabSnapshot, NodeRules } from '../../lab/types';
import { useLabContext, usePageState, type Link } from '../LabProvider/context';
import { sameLink } from '../Rules/Why';
import { lossWord } from '../trace/words';
import type { PortKey } from './manifestPorts';
import { NumberField } from './NumberField';
import styles from './ports.module.css';
import { inHop, inRule, liveNumber, type endAt, type LivePort, type Socket } from './stations';

interface StationProps {
  label: string;
  /** Why the number is not here; the station has no `children` then. */
  absent?: string;
  lit: boolean;
  children?: ReactNode;
}

/** One place on the way of a number: there it stands, or it says why not. */
function Station({ label, absent, lit, children }: StationProps): ReactNode {
  return (
    <li className={clsx(styles.station, children === undefined && styles.absent, lit && children !== undefined && styles.lit)}>
      <span className={styles.label}>{label}</span>
      {children ?? <span className={styles.none}>{absent}</span>}
    </li>
  );
}

/** Text that breaks only where a reader would: after a colon or a space. */
function Breaking({ text }: { text: string }): ReactNode {
  return text.split(/(?<=[: ])/).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      <span className={styles.whole}>{part}</span>
    </Fragment>
  ));
}

function meaning(key: PortKey): string {
  if (key === 'nodePort') return translate({ id: 'widget.ports.nodePort', message: '노드의 주소로 부를 때' });
  if (key === 'port') return translate({ id: 'widget.ports.port', message: '클러스터 IP나 서비스의 이름으로 부를 때' });
  return translate({ id: 'widget.ports.targetPort', message: '파드가 듣는 포트' });
}

/** What the lab has of the Service port now. */
interface Seen {
  snapshot: LabSnapshot;
  /** undefined until it is applied. */
  live: LivePort | undefined;
  sockets: readonly Socket[];
  /** The packet that called the Service. */
  trace: Trace | undefined;
  /** The node whose rules are shown: where the packet's destination changed. */
  node: string;
  rules: NodeRules | undefined;
  end: ReturnType<typeof endAt>;
  /** The pod's address that the packet got as its destination. */
  target: string | undefined;
}

interface StrandProps {
  portKey: PortKey;
  /** What the manifest says; undefined when it leaves it out. */
  written: string | undefined;
  seen: Seen;
  /** What the server said when it refused the number. */
  refusal: string | undefined;
  onChange: (value: string) => void;
}

/** One number's way through manifest, table, rule, packet and socket. */
export function Strand({ portKey: key, written, seen, refusal, onChange }: StrandProps): ReactNode {
  const { page, bench } = useLabContext();
  const link = usePageState('link');
  const id = useId();
  const { snapshot, live, sockets, trace, node, rules, end, target } = seen;
  const light = (value: Link | undefined) => page.set({ link: value });
  const number = live && liveNumber(live, key);
  const value = written ?? number;
  const own: Link | undefined = value === undefined ? undefined : { part: key, value };
  const liveLink: Link | undefined = number === undefined ? undefined : { part: key, value: number };
  const litHere = sameLink(own, link);
  const litLive = sameLink(liveLink, link);
  const rule = live && rules && inRule(rules, live, key, snapshot.services, end && target);
  const hop = live && trace && inHop(trace, snapshot, live, key, sockets);
  const mark = (content: ReactNode, onClick?: () => void) => (
    <button
      type="button"
      className={styles.value}
      onMouseEnter={() => light(liveLink)}
      onMouseLeave={() => light(undefined)}
      onFocus={() => light(liveLink)}
      onBlur={() => light(undefined)}
      onClick={onClick}
    >
      {content}
    </button>
  );
  return (
    <section className={styles.strand} aria-label={key}>
      <p className={styles.meaning}>
        <code>{key}</code> {meaning(key)}
      </p>
      <ol className={styles.stations}>
        <Station label={translate({ id: 'widget.ports.manifest', message: '매니페스트' })} lit={litHere}>
          <div onMouseEnter={() => light(own)} onMouseLeave={() => light(undefined)}>
            <NumberField
              name={key}
              written={written ?? ''}
              instead={number ?? translate({ id: 'widget.ports.unset', message: '없음' })}
              refusal={refusal === undefined ? undefined : id}
              onFocus={() => light(own)}
              onBlur={() => light(undefined)}
              onChange={onChange}
            />
          </div>
        </Station>
        <Station
          label="get svc"
          lit={litLive}
          absent={
            !live
              ? translate({ id: 'widget.ports.notApplied', message: '아직 적용하지 않았다' })
              : key === 'targetPort'
                ? translate({ id: 'widget.ports.notListed', message: 'PORT(S)에는 없다' })
                : translate({ id: 'widget.ports.notAllocated', message: '이 종류의 서비스에는 없다' })
          }
        >
          {live && number !== undefined && key !== 'targetPort'
            ? mark(
                <>
                  {key === 'port' ? <mark>{number}</mark> : live.port.port}
                  {live.port.nodePort ? ':' : ''}
                  {key === 'nodePort' ? <mark>{number}</mark> : (live.port.nodePort ?? '')}/{live.port.protocol ?? 'TCP'}
                </>,
              )
            : undefined}
        </Station>
        <Station
          label={translate({ id: 'widget.ports.rule', message: '규칙 · {node}' }, { node })}
          lit={litLive}
          absent={translate({ id: 'widget.ports.noRule', message: '규칙에 없다' })}
        >
          {rule
            ? mark(
                <>
                  <span className={styles.chain}>{rule.chain.replace(/^(KUBE-\w{3}-\w{4})\w+$/, '$1…')}</span>
                  <Breaking text={rule.fragment} />
                </>,
                () => bench && page.set({ view: 'rules' }),
              )
            : undefined}
        </Station>
        <Station
          label={translate({ id: 'widget.ports.hop', message: '패킷의 목적지' })}
          lit={litLive}
          absent={
            trace
              ? translate({ id: 'widget.ports.notInPacket', message: '이 패킷에는 한 번도 없다' })
              : translate({ id: 'widget.ports.noPacket', message: '패킷을 보내면 나온다' })
          }
        >
          {hop && trace
            ? mark(
                <>
                  <span className={styles.chain}>
                    {translate({ id: 'widget.ports.step', message: '단계 {number}' }, { number: String(hop.step + 1) })}
                  </span>
                  <Breaking text={hop.destination} />
                  {hop.loss && <strong className={styles.lost}> {lossWord(hop.loss)}</strong>}
                </>,
                () => page.set({ traceId: trace.id, step: hop.step }),
              )
            : undefined}
        </Station>
        <Station
          label={translate({ id: 'widget.ports.socket', message: '소켓' })}
          lit={litLive}
          absent={
            key === 'targetPort'
              ? !live
                ? translate({ id: 'widget.ports.notApplied', message: '아직 적용하지 않았다' })
                : translate({ id: 'widget.ports.noPods', message: '준비된 파드가 없다' })
              : translate({ id: 'widget.ports.noSocket', message: '듣는 소켓이 없다' })
          }
        >
          {key === 'targetPort' && sockets.length > 0
            ? mark(
                sockets.map((socket) => {
                  const ended = end?.host === `pod:default/${socket.pod}` ? end : undefined;
                  return (
                    <span key={socket.address} className={clsx(styles.socket, ended && styles.reached)}>
                      <Breaking text={`${socket.address}:${socket.port}`} />
                      {ended && (
                        <strong>
                          {' '}
                          {ended.loss ? lossWord(ended.loss) : translate({ id: 'widget.ports.reached', message: '받았다' })}
                        </strong>
                      )}
                    </span>
                  );
                }),
              )
            : undefined}
        </Station>
      </ol>
      {refusal !== undefined && (
        <p id={id} role="alert" className={styles.refusal}>
          {translate({ id: 'widget.ports.refused', message: '적용되지 않았다.' })} <code>{refusal}</code>
        </p>
      )}
    </section>
  );
}
