import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { memo } from 'react';
import type { Link } from '../LabProvider/context';
import type { Box, Machine, NodeBox, Point } from './layout';
import type { MapPod, MapService } from './model';
import styles from './picture.module.css';

// Each box is drawn again only when it changes: a packet's step moves the packet, not the cluster.

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
export function fit(text: string, width: number): string {
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

export function Outline({ box, virtual, className }: { box: Box; virtual?: boolean; className?: string }) {
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

/** The value that is lit in every widget, and how a mark lights its own. */
export interface Pointing {
  link?: Link;
  /** A value is pointed at, or none. Tables and lists give the same values to the keyboard. */
  onLink?: (link: Link | undefined) => void;
}

/** What makes a mark light its value everywhere while the mouse is on it. */
const pointing = (onLink: Pointing['onLink'], link: Link | undefined) =>
  onLink && link ? { onMouseEnter: () => onLink(link), onMouseLeave: () => onLink(undefined) } : {};

interface MachineFigureProps extends Pointing {
  machine: Machine;
  name: string;
  address: string;
  pending?: boolean;
}

/** `link` and `onLink` are for a balancer: its address is a value that other widgets show. */
export const MachineFigure = memo(function MachineFigure({ machine, name, address, pending, link, onLink }: MachineFigureProps) {
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
});

const PodFigure = memo(function PodFigure({ box, pod, link, onLink }: { box: Box; pod: MapPod } & Pointing) {
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
});

interface ServiceFigureProps extends Pointing {
  box: Box;
  service: MapService;
}

export const ServiceFigure = memo(function ServiceFigure({ box, service, link, onLink }: ServiceFigureProps) {
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
});

interface NodeFigureProps extends Pointing {
  node: NodeBox;
  ip: string;
  /** Every node answers at the node ports of every Service. */
  nodePorts: readonly number[];
  /** Lines in the node's conntrack notebook. */
  notebook: number;
  /** The packet is here now. */
  busy: boolean;
}

export const NodeFigure = memo(function NodeFigure({ node, ip, nodePorts, notebook, busy, link, onLink }: NodeFigureProps) {
  return (
    <g>
      <polyline points={pointsText(node.tap)} className={styles.wire} />
      <Outline box={node} className={styles.machine} />
      <Label x={node.x + 8} y={node.y + 18} className={styles.name}>
        {node.id.slice('node:'.length)}
      </Label>
      <Label x={node.x + 66} y={node.y + 18} className={styles.mono}>
        {ip}
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
        className={clsx(styles.door, busy && styles.doorBusy)}
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
      {node.pods.map((box) => (
        <PodFigure key={box.pod.id} box={box} pod={box.pod} link={link} onLink={onLink} />
      ))}
      {node.more.map(({ x, y, count }) => (
        <Label key={x} x={x} y={y} className={styles.mono}>
          {translate({ id: 'widget.map.more', message: '그 밖에 {count}' }, { count: String(count) })}
        </Label>
      ))}
      <circle cx={node.tap[0]?.x} cy={node.tap[0]?.y} r={3.5} className={styles.socket} />
    </g>
  );
});
