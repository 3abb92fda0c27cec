import type { KubeObject } from '../apimachinery/object';

/** One endpoint of a Service port, as kube-proxy keeps it. */
export interface Endpoint {
  readonly ip: string;
  readonly port: number;
  /** `ip:port` */
  readonly text: string;
  readonly nodeName?: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** Zones of `hints.forZones`, names of `hints.forNodes`. */
  readonly zones?: readonly string[];
  readonly nodes?: readonly string[];
}

/** One port of a Service with what kube-proxy needs to know of it. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  /** Empty when the port has no name. */
  readonly portName: string;
  /** `namespace/name:port`, or without `:port` when the port has no name. */
  readonly name: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly clusterIP: string;
  readonly port: number;
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  /** Load balancer addresses with ipMode VIP (or none). */
  readonly vips: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  readonly affinitySeconds?: number;
  readonly healthCheckNodePort: number;
  readonly endpoints: readonly Endpoint[];
}

const isIPv4 = (text: string) => /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text);

/** Does kube-proxy look at this Service at all? Headless and ExternalName ones it skips. kube-proxy: pkg/proxy/util, ShouldSkipService */
function isProxied(service: KubeObject): boolean {
  const { clusterIP, type } = service.spec;
  return type !== 'ExternalName' && typeof clusterIP === 'string' && isIPv4(clusterIP);
}

/** The ports of a Service with their endpoints from its EndpointSlices, IPv4 only. kube-proxy: pkg/proxy/serviceport.go, newBaseServiceInfo */
export function servicePorts(service: KubeObject, slices: readonly KubeObject[]): ServicePort[] {
  if (!isProxied(service)) return [];
  const { spec, metadata } = service;
  const external = spec.type === 'NodePort' || spec.type === 'LoadBalancer' || (spec.externalIPs ?? []).length > 0;
  const vips: string[] = [];
  for (const ingress of service.status?.loadBalancer?.ingress ?? []) {
    if (ingress.ip && isIPv4(ingress.ip) && ingress.ipMode !== 'Proxy') vips.push(ingress.ip);
  }
  const made: ServicePort[] = [];
  for (const port of spec.ports ?? []) {
    made.push({
      namespace: metadata.namespace ?? 'default',
      service: metadata.name,
      name: `${metadata.namespace ?? 'default'}/${metadata.name}${port.name ? `:${port.name}` : ''}`,
      portName: port.name ?? '',
      protocol: String(port.protocol ?? 'TCP').toLowerCase() as ServicePort['protocol'],
      clusterIP: spec.clusterIP,
      port: port.port,
      nodePort: port.nodePort ?? 0,
      externalIPs: (spec.externalIPs ?? []).filter(isIPv4),
      vips,
      sourceRanges: sourceRanges(spec.loadBalancerSourceRanges ?? []),
      internalLocal: spec.internalTrafficPolicy === 'Local',
      externalLocal: external && spec.externalTrafficPolicy === 'Local',
      ...(spec.sessionAffinity === 'ClientIP'
        ? { affinitySeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10800 }
        : {}),
      healthCheckNodePort: spec.healthCheckNodePort ?? 0,
      endpoints: endpointsOf(port.name ?? '', slices),
    });
  }
  return made;
}

/** 0.0.0.0/0 allows everybody: then there is nothing to filter. */
function sourceRanges(ranges: readonly string[]): string[] {
  const trimmed = ranges.map((r) => r.trim()).filter(isIPv4);
  return trimmed.includes('0.0.0.0/0') ? [] : trimmed;
}

/** kube-proxy: pkg/proxy/endpointslicecache.go; sorted by `ip:port` as text. */
function endpointsOf(portName: string, slices: readonly KubeObject[]): Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4') continue;
    for (const port of slice.ports ?? []) {
      if ((port.name ?? '') !== portName || !port.port) continue;
      for (const endpoint of slice.endpoints ?? []) {
        const ip = endpoint.addresses?.[0];
        if (!ip) continue;
        const conditions = endpoint.conditions ?? {};
        const text = `${ip}:${port.port}`;
        found.set(text, {
          ip,
          port: port.port,
          text,
          ...(endpoint.nodeName ? { nodeName: endpoint.nodeName } : {}),
          // Absent conditions: ready means true, serving falls back to ready, terminating means false.
          ready: conditions.ready ?? true,
          serving: conditions.serving ?? conditions.ready ?? true,
          terminating: conditions.terminating ?? false,
          ...(endpoint.hints?.forZones ? { zones: endpoint.hints.forZones.map((z: { name: string }) => z.name) } : {}),
          ...(endpoint.hints?.forNodes ? { nodes: endpoint.hints.forNodes.map((n: { name: string }) => n.name) } : {}),
        });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

/** May anything but the ClusterIP reach it? */
export function isExternallyAccessible(port: ServicePort): boolean {
  return port.nodePort !== 0 || port.vips.length > 0 || port.externalIPs.length > 0;
}
