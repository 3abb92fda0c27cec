import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Link } from '../LabProvider/context';

/** A piece of a table cell: text, and what it stands for when it can be pointed at. */
export interface Piece {
  text: string;
  link?: Link;
  /** Index in spec.ports. */
  port?: number;
}

export interface ServiceRow {
  service: KubeObject;
  name: Piece[];
  type: Piece[];
  clusterIP: Piece[];
  externalIP: Piece[];
  ports: Piece[];
  age: string;
}

interface ServicePort {
  port: number;
  nodePort?: number;
  protocol?: string;
}

// kubectl: pkg/printers/internalversion, makePortString
function portPieces(ports: readonly ServicePort[]): Piece[] {
  if (ports.length === 0) return [{ text: '<none>' }];
  return ports.flatMap((port, index): Piece[] => [
    ...(index > 0 ? [{ text: ',' }] : []),
    { text: String(port.port), port: index, link: { part: 'port', value: String(port.port) } },
    ...(port.nodePort
      ? [
          { text: ':' },
          { text: String(port.nodePort), port: index, link: { part: 'nodePort' as const, value: String(port.nodePort) } },
        ]
      : []),
    { text: '/' },
    { text: port.protocol ?? 'TCP', port: index, link: { part: 'protocol', value: port.protocol ?? 'TCP' } },
  ]);
}

// kubectl: pkg/printers/internalversion, getServiceExternalIP
function externalText(service: KubeObject): string {
  const { type, externalIPs = [], externalName } = service.spec ?? {};
  if (type === 'ExternalName') return externalName ?? '<none>';
  if (type !== 'LoadBalancer') return externalIPs.length > 0 ? externalIPs.join(',') : '<none>';
  const ingress: { ip?: string; hostname?: string }[] = service.status?.loadBalancer?.ingress ?? [];
  const addresses = [...ingress.map((one) => one.ip ?? one.hostname ?? ''), ...externalIPs].filter(Boolean);
  return addresses.length > 0 ? addresses.join(',') : '<pending>';
}

/** An age as kubectl prints it. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86400)];
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`;
  return `${days}d`;
}

/** The row of `kubectl get svc` for a Service, in pieces. `now` is virtual time in ms. */
export function serviceRow(service: KubeObject, now: number): ServiceRow {
  const { type = 'ClusterIP', clusterIP = '', ports = [] } = service.spec ?? {};
  const external = externalText(service);
  return {
    service,
    name: [{ text: service.metadata.name, link: { part: 'name', value: service.metadata.name } }],
    type: [{ text: type, link: { part: 'type', value: type } }],
    clusterIP: [{ text: clusterIP || '<none>', link: { part: 'clusterIP', value: clusterIP || '<none>' } }],
    externalIP: [{ text: external, link: { part: 'externalIP', value: external } }],
    ports: portPieces(ports),
    age: ageText(now - Date.parse(service.metadata.creationTimestamp)),
  };
}
