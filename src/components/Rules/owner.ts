import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Chain, RuleLine } from './ruleset';

export interface ServicePort {
  name?: string;
  port: number;
  nodePort?: number;
  targetPort?: number | string;
  protocol?: string;
}

/** The Service port that a rule was written for. */
export interface Owner {
  readonly service: KubeObject;
  /** Index in spec.ports. */
  readonly index: number;
  readonly port: ServicePort;
}

export const serviceName = ({ metadata }: KubeObject): string => `${metadata.namespace ?? 'default'}/${metadata.name}`;

/** kube-proxy's names of chains and elements in nftables mode: `service-HASH-NAMESPACE/NAME/tcp/PORT`. */
const NFT_NAME = /\b(?:service|external|local|firewall|endpoint|affinity)-[A-Z2-7]{8}-([^/\s]+)\/([^/\s]+)\/\w+\/([^\s,_}]*)/;
/** Its comments: `default/test:http cluster IP`, `… for default/test:http external destinations`. */
const COMMENT = /"(?:[^"]* )?([a-z0-9.-]+)\/([a-z0-9.-]+)(?::([a-z0-9.-]+))?(?: [^"]*)?"/;

function named(text: string, services: readonly KubeObject[]): Owner | undefined {
  const match = NFT_NAME.exec(text) ?? COMMENT.exec(text);
  if (!match) return undefined;
  const service = services.find((candidate) => serviceName(candidate) === `${match[1]}/${match[2]}`);
  const ports: ServicePort[] = service?.spec?.ports ?? [];
  const index = Math.max(
    0,
    ports.findIndex(({ name = '' }) => name === (match[3] ?? '')),
  );
  const port = ports[index];
  return service && port && { service, index, port };
}

/** The Service port of a line: what its own text says, or else its chain's name or neighbours. */
export function ownerOf(line: RuleLine, chain: Chain, services: readonly KubeObject[]): Owner | undefined {
  const own = named(line.text, services);
  if (own || !/^(KUBE-(SVC|SVL|EXT|FW|SEP)-|[a-z]+-[A-Z2-7]{8}-)/.test(chain.name)) return own;
  const [first] = [chain.name, ...chain.lines.map(({ text }) => text)].flatMap((text) => named(text, services) ?? []);
  return first;
}

/** The addresses that a Service is reached at from outside. */
export const externalAddresses = ({ spec, status }: KubeObject): string[] => [
  ...((spec?.externalIPs ?? []) as string[]),
  ...((status?.loadBalancer?.ingress ?? []) as { ip?: string }[]).flatMap(({ ip }) => ip ?? []),
];

/** `targetPort` as the manifest writes it; the port itself when it is left out. */
export const targetPortOf = ({ targetPort, port }: ServicePort): string => String(targetPort ?? port);
