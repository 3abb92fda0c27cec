import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Trace } from '../../cluster/linux/trace';
import { isReady, slicesOf } from '../../lab/behind';
import type { LabSnapshot, Scenario } from '../../lab/types';

export interface MapPod {
  /** Host id of traces, `pod:NAMESPACE/NAME`. */
  id: string;
  name: string;
  /** Absent until the pod has one. */
  ip?: string;
  ports: number[];
  ready: boolean;
  /** Drawn at the left of its node: it asks, it does not answer. */
  asks: boolean;
  /** The packet that is looked at was here. */
  passed?: boolean;
}

export interface MapNode {
  id: string;
  name: string;
  ip: string;
  pods: MapPod[];
}

export interface MapService {
  /** NAMESPACE/NAME */
  id: string;
  name: string;
  type: string;
  clusterIP?: string;
  ports: { port: number; nodePort?: number; targetPort: string; protocol: string }[];
  /** Addresses of its load balancer. */
  addresses: string[];
  /** Host ids of the pods behind it. */
  pods: string[];
}

/** What the map draws: plain data, made from the live cluster or, on the server, from a scenario. */
export interface MapModel {
  nodes: MapNode[];
  services: MapService[];
  controlPlane: boolean;
}

const DEFAULT_NODES = [1, 2, 3].map((n) => ({ name: `node-${n}`, internalIP: `192.168.0.1${n}` }));

function mapService(service: KubeObject, slices: readonly KubeObject[]): MapService {
  const { name, namespace = 'default' } = service.metadata;
  const pods = slicesOf(service, slices).flatMap((slice) =>
    (slice.endpoints ?? []).flatMap((endpoint: { targetRef?: { kind?: string; name?: string } }) =>
      endpoint.targetRef?.kind === 'Pod' ? [`pod:${namespace}/${endpoint.targetRef.name}`] : [],
    ),
  );
  const clusterIP: string | undefined = service.spec?.clusterIP;
  return {
    id: `${namespace}/${name}`,
    name,
    type: service.spec?.type ?? 'ClusterIP',
    clusterIP: clusterIP === 'None' || clusterIP === '' ? undefined : clusterIP,
    ports: (service.spec?.ports ?? []).map(
      (port: { port: number; nodePort?: number; targetPort?: number | string; protocol?: string }) => ({
        port: port.port,
        nodePort: port.nodePort,
        targetPort: String(port.targetPort ?? port.port),
        protocol: port.protocol ?? 'TCP',
      }),
    ),
    addresses: (service.status?.loadBalancer?.ingress ?? []).flatMap((ingress: { ip?: string }) =>
      ingress.ip ? [ingress.ip] : [],
    ),
    pods: [...new Set(pods)],
  };
}

/** The live cluster as the map draws it. `trace` decides who asks and whether the control plane is part of the picture. */
export function liveModel(
  snapshot: Pick<LabSnapshot, 'nodes' | 'pods' | 'services' | 'endpointSlices'>,
  trace?: Trace,
): MapModel {
  const services = snapshot.services
    .filter((service) => service.metadata.name !== 'kubernetes' || trace?.destination === service.spec?.clusterIP)
    .map((service) => mapService(service, snapshot.endpointSlices));
  const answering = new Set(services.flatMap((service) => service.pods));
  const passed = new Set(trace?.hops.map(({ host }) => host));
  const pod = (object: KubeObject): MapPod => {
    const id = `pod:${object.metadata.namespace ?? 'default'}/${object.metadata.name}`;
    const ports = (object.spec?.containers ?? []).flatMap((container: { ports?: { containerPort: number }[] }) =>
      (container.ports ?? []).map((port) => port.containerPort),
    );
    return {
      id,
      name: object.metadata.name,
      ip: object.status?.podIP,
      ports,
      ready: isReady(object),
      passed: passed.has(id),
      asks: trace?.from === id || (!answering.has(id) && ports.length === 0),
    };
  };
  return {
    nodes: snapshot.nodes.map((node) => ({
      id: `node:${node.metadata.name}`,
      name: node.metadata.name,
      ip: (node.status?.addresses ?? []).find((a: { type: string }) => a.type === 'InternalIP')?.address ?? '',
      pods: snapshot.pods.filter((object) => object.spec?.nodeName === node.metadata.name).map(pod),
    })),
    services,
    controlPlane: trace?.hops.some((hop) => hop.host === 'control-plane') ?? false,
  };
}

const field = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];

/**
 * A still picture of a scenario before its cluster runs: nodes, and what its manifests name. It reads manifests by pattern, since
 * a YAML parser would weigh more than the rest of the page; what it cannot read it leaves out.
 * `destination`: where the figure's first packet goes, as `FirstPacket` has it.
 */
export function stillModel(scenario: Pick<Scenario, 'nodes' | 'manifests'> | undefined, destination?: string): MapModel {
  const nodes: MapNode[] = (scenario?.nodes ?? DEFAULT_NODES).map((node) => ({
    id: `node:${node.name}`,
    name: node.name,
    ip: node.internalIP,
    pods: [],
  }));
  const services: MapService[] = [];
  for (const text of (scenario?.manifests ?? []).flatMap((manifest) => manifest.split(/^---.*$/m))) {
    const kind = field(text, /^kind:\s*(\w+)/m);
    const name =
      field(text, /^metadata:\s*\n(?:\s+.*\n)*?\s+name:\s*"?([\w.-]+)/m) ??
      field(text, /^metadata:\s*\{[^}]*name:\s*"?([\w.-]+)/m);
    if (!name) continue;
    const ports = [...text.matchAll(/containerPort:\s*(\d+)/g)].map((match) => Number(match[1]));
    if (kind === 'Pod') {
      const node = nodes.find((n) => n.name === field(text, /nodeName:\s*"?([\w.-]+)/)) ?? emptiest(nodes);
      node?.pods.push({ id: `pod:default/${name}`, name, ports, ready: true, asks: ports.length === 0 });
    } else if (kind === 'Deployment') {
      const replicas = Number(field(text, /replicas:\s*(\d+)/) ?? 1);
      for (let i = 0; i < replicas; i++) {
        emptiest(nodes)?.pods.push({ id: `still:${name}-${i}`, name: `${name}-…`, ports, ready: true, asks: ports.length === 0 });
      }
    } else if (kind === 'Service') {
      services.push({
        id: `default/${name}`,
        name,
        type: field(text, /type:\s*(\w+)/) ?? 'ClusterIP',
        ports: [],
        addresses: [],
        pods: [],
      });
    }
  }
  const api = destination === 'service:default/kubernetes';
  if (api)
    services.unshift({ id: 'default/kubernetes', name: 'kubernetes', type: 'ClusterIP', ports: [], addresses: [], pods: [] });
  return { nodes, services, controlPlane: api };
}

function emptiest(nodes: MapNode[]): MapNode | undefined {
  return nodes.reduce<MapNode | undefined>(
    (least, node) => (least && least.pods.length <= node.pods.length ? least : node),
    undefined,
  );
}
