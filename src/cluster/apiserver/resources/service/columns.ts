import type { Json, KubeObject } from '../../../apimachinery/object';
import { column, nameColumn, wide, type Cell } from '../../resource';
import { age, formatLabels } from '../../table';

export const serviceColumns = [
  nameColumn,
  column('Type'),
  column('Cluster-IP'),
  column('External-IP'),
  column('Port(s)'),
  column('Age'),
  wide('Selector'),
];

/** Upstream: pkg/printers/internalversion printService. */
export function serviceRow(service: KubeObject, now: number): Cell[] {
  const spec = service.spec;
  return [
    service.metadata.name,
    spec.type,
    spec.clusterIPs?.[0] ?? '<none>',
    externalIP(service),
    portString(spec.ports),
    age(service, now),
    formatLabels(spec.selector),
  ];
}

const NONE: readonly string[] = [];

function externalIP(service: KubeObject): string {
  const spec = service.spec;
  const external: readonly string[] = spec.externalIPs ?? NONE;
  switch (spec.type) {
    case 'LoadBalancer': {
      const addresses = [
        ...new Set<string>((service.status?.loadBalancer?.ingress ?? []).map((i: Json) => i.ip || i.hostname).filter(Boolean)),
      ].sort();
      if (addresses.length + external.length === 0) return '<pending>';
      return [...addresses, ...external].join(',');
    }
    case 'ExternalName':
      return spec.externalName;
    default:
      return external === NONE ? '<none>' : external.join(',') || '<none>';
  }
}

function portString(ports: Json[] | undefined): string {
  if (!ports?.length) return '<none>';
  return ports.map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`).join(',');
}
