import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useMemo, type ReactNode } from 'react';
import { hostName } from '../trace/names';
import { ADDRESSES, fit, Label, MachineFigure, NodeFigure, Outline, pointsText, ServiceFigure, type Pointing } from './boxes';
import type { Layout } from './layout';
import type { MapModel } from './model';
import styles from './picture.module.css';

export const podCount = (count: number): string =>
  translate({ id: 'widget.map.podCount', message: '파드 {count}' }, { count: String(count) });

interface PictureProps extends Pointing {
  model: MapModel;
  layout: Layout;
  /** Hosts whose conntrack notebook has lines, and how many. */
  notes?: ReadonlyMap<string, readonly string[]>;
  /** Hosts and Services that the packet is concerned with now. */
  busy?: string;
  className?: string;
  /** A folded node was pressed. Its button for everybody stands below the picture. */
  onOpen?: (node: string) => void;
  /** Names the picture for who cannot see it. */
  title: string;
  /** The packet, its way and its end, drawn over the machines. */
  children?: ReactNode;
}

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
  const services = useMemo(() => new Map(model.services.map((service) => [service.id, service])), [model]);
  const names = useMemo(() => new Map(model.nodes.map((node) => [node.id, node])), [model]);
  const nodePorts = useMemo(
    () => model.services.flatMap((service) => service.ports.flatMap((port) => (port.nodePort ? [port.nodePort] : []))),
    [model],
  );
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
        <MachineFigure key={machine.id} machine={machine} name={hostName(machine.id)} address={ADDRESSES[machine.id] ?? ''} />
      ))}
      {layout.balancers.map((balancer) => {
        const addresses = services.get(balancer.service)?.addresses ?? [];
        return (
          <MachineFigure
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
        return service && <ServiceFigure key={box.id} box={box} service={service} link={link} onLink={onLink} />;
      })}
      {layout.nodes.map((node) => (
        <NodeFigure
          key={node.id}
          node={node}
          ip={names.get(node.id)?.ip ?? ''}
          nodePorts={nodePorts}
          notebook={notes?.get(node.id)?.length ?? 0}
          busy={busy === node.id}
          link={link}
          onLink={onLink}
        />
      ))}
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
