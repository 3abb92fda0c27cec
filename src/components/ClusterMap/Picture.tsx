import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Link } from '../LabProvider/context';
import { hostName } from '../trace/names';
import type { Box, Layout, Machine, Point } from './layout';
import type { MapModel, MapPod, MapService } from './model';
import styles from './picture.module.css';

/** Addresses of the machines that every lab has. */
export const ADDRESSES: Record<string, string> = {
  internet: '198.51.100.7',
  router: '192.168.0.1',
  vm: '192.168.0.50',
  'control-plane': '192.168.0.10',
};

/** Width of one monospace character at the map's text size, CSS px (the widest of the fallback fonts). */
export const CHARACTER = 6.7;

/** Shortens from the middle: generated names differ at their end. */
function fit(text: string, width: number): string {
  const room = Math.floor(width / CHARACTER);
  if (text.length <= room) return text;
  if (room < 6) return `…${text.slice(-Math.max(room - 1, 1))}`;
  const tail = Math.min(5, room - 3);
  return `${text.slice(0, room - tail - 1)}…${text.slice(-tail)}`;
}

export const pointsText = (points: readonly Point[]): string => points.map((point) => `${point.x},${point.y}`).join(' ');

export function Label({ x, y, className, children }: Point & { className?: string; children: string }) {
  return (
    <text x={x} y={y} className={clsx(styles.text, className)}>
      {children}
    </text>
  );
}

function Outline({ box, virtual, className }: { box: Box; virtual?: boolean; className?: string }) {
  return (
    <rect
      x={box.x}
      y={box.y}
      width={box.width}
      height={box.height}
      rx={virtual ? 10 : 2}
      className={clsx(styles.outline, virtual && styles.virtual, className)}
    />
  );
}

interface MachineBoxProps {
  machine: Machine;
  name: string;
  address: string;
  pending?: boolean;
  link?: Link;
  onLink?: PictureProps['onLink'];
}

/** `link` and `onLink` are for a balancer: its address is a value that other widgets show. */
function MachineBox({ machine, name, address, pending, link, onLink }: MachineBoxProps) {
  const lit = link?.part === 'externalIP' && link.value === address;
  return (
    <g {...pointing(onLink, { part: 'externalIP', value: address })}>
      {machine.tap.length > 0 && <polyline points={pointsText(machine.tap)} className={styles.wire} />}
      <Outline box={machine} virtual={pending} className={clsx(lit && styles.lit)} />
      <Label x={machine.x + 8} y={machine.y + 18} className={styles.name}>
        {name}
      </Label>
      <Label x={machine.x + 8} y={machine.y + 35} className={styles.mono}>
        {fit(address, machine.width - 10)}
      </Label>
    </g>
  );
}

function PodBox({ box, pod, link, onLink }: { box: Box; pod: MapPod; link?: Link; onLink?: PictureProps['onLink'] }) {
  const lit = link?.part === 'targetPort' && pod.ports.includes(Number(link.value));
  const [first] = pod.ports;
  const own: Link | undefined = first === undefined ? undefined : { part: 'targetPort', value: String(first) };
  const port = pod.ports.length > 0 ? `:${pod.ports.join(',')}` : '';
  return (
    <g {...pointing(onLink, own)}>
      <Outline box={box} className={clsx(!pod.ready && styles.notReady, lit && styles.lit)} />
      <Label x={box.x + 6} y={box.y + 15} className={styles.monoStrong}>
        {fit(pod.name, box.width - 10)}
      </Label>
      <Label x={box.x + 6} y={box.y + 30} className={styles.mono}>
        {fit(pod.ip ? `${pod.ip}${port}` : pod.ready ? port : 'Pending', box.width - 10)}
      </Label>
    </g>
  );
}

interface ServiceBoxProps {
  box: Box;
  service: MapService;
  link?: Link;
  onLink?: PictureProps['onLink'];
}

function ServiceBox({ box, service, link, onLink }: ServiceBoxProps) {
  const ports = service.ports.map((port) => `:${port.port}`).join(' ');
  const lit =
    (link?.part === 'clusterIP' && link.value === service.clusterIP) ||
    (link?.part === 'port' && service.ports.some((port) => String(port.port) === link.value)) ||
    (link?.part === 'name' && link.value === service.name);
  const { clusterIP } = service;
  return (
    <g {...pointing(onLink, clusterIP === undefined ? undefined : { part: 'clusterIP', value: clusterIP })}>
      <Outline box={box} virtual className={clsx(lit && styles.lit)} />
      <Label x={box.x + 12} y={box.y + 19} className={styles.monoStrong}>
        {fit(`${service.name}  ${service.type}`, box.width - 20)}
      </Label>
      <Label x={box.x + 12} y={box.y + 36} className={styles.mono}>
        {fit(`${service.clusterIP ?? ''}${service.clusterIP ? ports : 'Service'}`, box.width - 20)}
      </Label>
    </g>
  );
}

export const podCount = (count: number): string =>
  translate({ id: 'widget.map.podCount', message: '파드 {count}' }, { count: String(count) });

interface PictureProps {
  model: MapModel;
  layout: Layout;
  link?: Link;
  /** Hosts whose conntrack notebook has lines, and how many. */
  notes?: ReadonlyMap<string, readonly string[]>;
  /** Hosts and Services that the packet is concerned with now. */
  busy?: string;
  className?: string;
  /** A value is pointed at, or none. Tables and lists give the same values to the keyboard. */
  onLink?: (link: Link | undefined) => void;
  /** A folded node was pressed. Its button for everybody stands below the picture. */
  onOpen?: (node: string) => void;
  /** Names the picture for who cannot see it. */
  title: string;
  /** The packet, its way and its end, drawn over the machines. */
  children?: ReactNode;
}

/** What makes a mark light its value everywhere while the mouse is on it. */
const pointing = (onLink: PictureProps['onLink'], link: Link | undefined) =>
  onLink && link ? { onMouseEnter: () => onLink(link), onMouseLeave: () => onLink(undefined) } : {};

/** The cluster as an engineering drawing: solid exists, dashed is virtual, who asks at the left, the edge a line. */
export function Picture({
  model,
  layout,
  link,
  notes,
  busy,
  className,
  onLink,
  onOpen,
  title,
  children,
}: PictureProps): ReactNode {
  const [edgeStart, edgeEnd] = layout.edge;
  const services = new Map(model.services.map((service) => [service.id, service]));
  const names = new Map(model.nodes.map((node) => [node.id, node]));
  const nodePorts = model.services.flatMap((service) => service.ports.flatMap((port) => (port.nodePort ? [port.nodePort] : [])));
  return (
    <svg
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      className={clsx(styles.picture, className)}
      style={{ maxWidth: layout.width }}
      role="img"
      aria-label={title}
    >
      <line x1={edgeStart.x} y1={edgeStart.y} x2={edgeEnd.x} y2={edgeEnd.y} className={styles.edge} />
      <Label
        {...(layout.narrow ? { x: edgeEnd.x - 4, y: edgeEnd.y + 17 } : { x: edgeEnd.x + 8, y: 18 })}
        className={layout.narrow ? styles.sideEnd : styles.side}
      >
        {translate({ id: 'widget.map.inside', message: '클러스터 안' })}
      </Label>
      <Label x={4} y={18} className={styles.side}>
        {translate({ id: 'widget.map.outside', message: '클러스터 밖' })}
      </Label>
      <polyline points={pointsText(layout.cable)} className={styles.cable} />
      <polyline points={pointsText(layout.uplink)} className={styles.wire} />
      {layout.machines.map((machine) => (
        <MachineBox key={machine.id} machine={machine} name={hostName(machine.id)} address={ADDRESSES[machine.id] ?? ''} />
      ))}
      {layout.balancers.map((balancer) => {
        const addresses = services.get(balancer.service)?.addresses ?? [];
        return (
          <MachineBox
            key={balancer.id}
            machine={balancer}
            name={translate({ id: 'widget.map.balancer', message: '로드 밸런서' })}
            address={addresses[0] ?? '<pending>'}
            pending={balancer.pending}
            link={link}
            onLink={onLink}
          />
        );
      })}
      {layout.services.map((box) => {
        const service = services.get(box.id);
        return service && <ServiceBox key={box.id} box={box} service={service} link={link} onLink={onLink} />;
      })}
      {layout.nodes.map((node) => {
        const notebook = notes?.get(node.id)?.length ?? 0;
        return (
          <g key={node.id}>
            <polyline points={pointsText(node.tap)} className={styles.wire} />
            <Outline box={node} className={styles.machine} />
            <Label x={node.x + 8} y={node.y + 18} className={styles.name}>
              {node.id.slice('node:'.length)}
            </Label>
            <Label x={node.x + 66} y={node.y + 18} className={styles.mono}>
              {names.get(node.id)?.ip ?? ''}
            </Label>
            {notebook > 0 && (
              <Label x={node.x + node.width - 8} y={node.y + 18} className={styles.note}>
                {`conntrack ×${notebook}`}
              </Label>
            )}
            <rect
              x={node.door.x}
              y={node.door.y}
              width={node.door.width}
              height={node.door.height}
              className={clsx(styles.door, busy === node.id && styles.doorBusy)}
            />
            <Label x={node.door.x + 7} y={node.door.y + 16} className={styles.doorName}>
              {translate({ id: 'widget.map.rules', message: '규칙' })}
            </Label>
            {nodePorts.slice(0, Math.max(1, Math.floor((node.door.height - 24) / 14))).map((port, index) => (
              <g key={port} {...pointing(onLink, { part: 'nodePort', value: String(port) })}>
                {link?.part === 'nodePort' && link.value === String(port) && (
                  <rect
                    x={node.door.x + 3}
                    y={node.door.y + 21 + index * 14}
                    width={node.door.width - 6}
                    height={14}
                    className={styles.lit}
                  />
                )}
                <Label x={node.door.x + 7} y={node.door.y + 32 + index * 14} className={styles.mono}>
                  {`:${port}`}
                </Label>
              </g>
            ))}
            {node.pods.map(({ pod, ...box }) => (
              <PodBox key={pod.id} box={box} pod={pod} link={link} onLink={onLink} />
            ))}
            {node.more.map(({ x, y, count }) => (
              <Label key={x} x={x} y={y} className={styles.mono}>
                {translate({ id: 'widget.map.more', message: '그 밖에 {count}' }, { count: String(count) })}
              </Label>
            ))}
            <circle cx={node.tap[0]?.x} cy={node.tap[0]?.y} r={3.5} className={styles.socket} />
          </g>
        );
      })}
      {layout.folded.map((node) => (
        <g key={node.id} className={clsx(onOpen && styles.foldable)} onClick={() => onOpen?.(node.id)}>
          <polyline points={pointsText(node.tap)} className={styles.wire} />
          <Outline box={node} className={styles.machine} />
          <Label x={node.x + 7} y={node.y + 16} className={styles.name}>
            {fit(node.id.slice('node:'.length), node.width - 10)}
          </Label>
          <Label x={node.x + 7} y={node.y + 31} className={styles.mono}>
            {podCount(node.pods)}
          </Label>
        </g>
      ))}
      {children}
    </svg>
  );
}
