import type { Json, KubeObject } from '../apimachinery/object';
import { SERVICE_NAME, slicesOf } from '../apimachinery/servicename';
import type { Client } from '../apiserver/client';

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'NS' | 'PTR' | 'SOA' | 'SRV' | 'TXT';

/** One resource record. Names are absolute, with the last dot. */
export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl: number;
  /** As a zone file writes it. */
  readonly data: string;
}

/** A server's answer to one question. */
export interface DnsAnswer {
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  /** From the zone's own server, not from one that asked another. */
  readonly authoritative: boolean;
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

const ZONE = 'cluster.local.';
/** The Corefile's `ttl 30`, in seconds. */
const TTL = 30;

interface Found {
  records: DnsRecord[];
  additional?: DnsRecord[];
}

const NOTHING: Found = { records: [] };

/**
 * What CoreDNS with kubeadm's Corefile answers from Services and EndpointSlices: `pods insecure`, `ttl 30`, reverse zones.
 * Upstream: coredns/plugin/kubernetes and plugin/backend_lookup.go; the Kubernetes DNS specification 1.1.0.
 */
export class DnsServer {
  /** @param now virtual ms since the epoch, for the zone's serial */
  constructor(
    private readonly client: Client,
    private readonly now: () => number,
  ) {}

  /** @param name with or without the last dot @param type any record type; those that the zone never has get an empty answer */
  answer(name: string, type: string): DnsAnswer {
    const asked = name.endsWith('.') ? name : `${name}.`;
    const lower = asked.toLowerCase();
    if (lower.endsWith('.in-addr.arpa.')) return this.#reverse(asked, type);
    if (lower !== ZONE && !lower.endsWith(`.${ZONE}`)) return this.#forwarded();
    const found = this.#inZone(lower.slice(0, -ZONE.length).split('.').filter(Boolean), asked, type);
    const authority = found && found.records.length > 0 ? [] : [this.#soa()];
    return {
      status: found ? 'NOERROR' : 'NXDOMAIN',
      authoritative: true,
      answer: found?.records ?? [],
      authority,
      additional: found?.additional ?? [],
    };
  }

  /** Undefined: there is no such name. No records: the name is there, without any of that type. */
  #inZone(labels: readonly string[], asked: string, type: string): Found | undefined {
    if (labels.length === 0) return this.#apex(type);
    if (labels.length === 1 && labels[0] === 'dns-version') return type === 'TXT' ? this.#one(asked, 'TXT', '"1.1.0"') : NOTHING;
    if (labels.join('.') === 'ns.dns') return type === 'A' ? this.#dnsAddresses(asked) : NOTHING;
    const [kind] = labels.slice(-1);
    const rest = labels.slice(0, -1);
    if (kind === 'svc') return this.#service(rest, asked, type);
    if (kind === 'pod') return this.#pod(rest, asked, type);
    return undefined;
  }

  #apex(type: string): Found {
    if (type === 'SOA') return { records: [this.#soa()] };
    return type === 'NS' ? this.#one(ZONE, 'NS', `ns.dns.${ZONE}`) : NOTHING;
  }

  /** `[endpoint.|_port._proto.]SERVICE.NAMESPACE.svc` without the last label. */
  #service(labels: readonly string[], asked: string, type: string): Found | undefined {
    if (labels.length === 0) return NOTHING;
    const [namespace, name, ...more] = [...labels].reverse() as [string, ...string[]];
    if (!this.client.get('namespaces', undefined, namespace)) return undefined;
    if (name === undefined) return NOTHING;
    const service = this.client.get('services', namespace, name);
    if (!service || more.length > 2) return undefined;
    if (service.spec.type === 'ExternalName') return this.#alias(service, more, asked, type);
    const [protocol, port] = more.length === 2 ? more : [];
    if (more.length === 2 && !(protocol?.startsWith('_') && port?.startsWith('_'))) return undefined;
    const targets = this.#targets(service, more.length === 1 ? more[0] : undefined);
    const wanted = targets
      .map((target) => ({ ...target, ports: target.ports.filter((each) => matchesPort(each, port, protocol)) }))
      .filter(({ ports }) => more.length < 2 || ports.length > 0);
    if (wanted.length === 0) return undefined;
    if (type === 'SRV') return this.#srv(asked, wanted);
    if (type !== 'A') return NOTHING;
    return { records: unique(wanted.map(({ address }) => record(asked, 'A', address))) };
  }

  /** Who stands behind a Service's name: itself, or its ready endpoints (when headless, or when one is named). */
  #targets(service: KubeObject, endpoint: string | undefined): Target[] {
    const { clusterIP, ports = [] } = service.spec;
    const name = `${service.metadata.name}.${service.metadata.namespace}.svc.${ZONE}`;
    if (endpoint === undefined && clusterIP && clusterIP !== 'None')
      return [{ host: name, address: clusterIP, ports: ports.map(targetPort) }];
    return this.#slices(service).flatMap((slice) =>
      readyEndpoints(slice)
        .flatMap((entry) =>
          (entry.addresses as string[]).map((address) => ({
            host: `${hostOf(entry, address)}.${name}`,
            address,
            ports: (slice.ports ?? []).map(targetPort),
          })),
        )
        .filter(({ host }) => endpoint === undefined || host === `${endpoint}.${name}`),
    );
  }

  #slices(service: KubeObject): KubeObject[] {
    const slices = this.client.list('endpointslices', service.metadata.namespace);
    return slicesOf(service, slices).filter(({ addressType }) => addressType === 'IPv4');
  }

  #srv(asked: string, targets: readonly Target[]): Found {
    const count = targets.reduce((sum, { ports }) => sum + ports.length, 0);
    // the weights of one priority add up to about a hundred
    const weight = Math.max(1, Math.floor(100 / Math.max(count, 1)));
    const records = targets.flatMap(({ host, ports }) =>
      ports.map(({ number }) => record(asked, 'SRV', `0 ${weight} ${number} ${host}`)),
    );
    return { records: unique(records), additional: unique(targets.map(({ host, address }) => record(host, 'A', address))) };
  }

  #alias(service: KubeObject, more: readonly string[], asked: string, type: string): Found | undefined {
    if (more.length > 0) return undefined;
    const target = `${service.spec.externalName}.`;
    const records = [record(asked, 'CNAME', target)];
    if (type === 'CNAME' || !['A', 'AAAA'].includes(type)) return { records };
    return { records: [...records, ...this.answer(target, type).answer] };
  }

  /** `pods insecure`: an address written into a name is that address, whoever has it. */
  #pod(labels: readonly string[], asked: string, type: string): Found | undefined {
    const [namespace, ip, ...more] = [...labels].reverse();
    if (namespace === undefined) return NOTHING;
    if (more.length > 0 || !this.client.get('namespaces', undefined, namespace)) return undefined;
    if (ip === undefined) return NOTHING;
    const parts = ip.split('-').map(Number);
    if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256)) return undefined;
    return type === 'A' ? this.#one(asked, 'A', parts.join('.')) : NOTHING;
  }

  #reverse(asked: string, type: string): DnsAnswer {
    const ip = asked
      .replace(/\.in-addr\.arpa\.$/i, '')
      .split('.')
      .reverse()
      .join('.');
    const ofServices = this.client
      .list('services')
      .filter(({ spec }) => spec.clusterIP === ip)
      .map(({ metadata }) => `${metadata.name}.${metadata.namespace}.svc.${ZONE}`);
    const hosts = ofServices.length > 0 ? ofServices : this.#endpointNames(ip);
    // an address that is not ours falls through to the upstream server, which does not know it either
    if (hosts.length === 0) return this.#forwarded();
    const answer = type === 'PTR' ? unique(hosts.map((host) => record(asked, 'PTR', host))) : [];
    return { status: 'NOERROR', authoritative: true, answer, authority: [], additional: [] };
  }

  #endpointNames(ip: string): string[] {
    return this.client.list('endpointslices').flatMap((slice) => {
      const service: string | undefined = slice.metadata.labels?.[SERVICE_NAME];
      if (service === undefined) return [];
      return readyEndpoints(slice)
        .filter(({ addresses }) => addresses.includes(ip))
        .map((entry) => `${hostOf(entry, ip)}.${service}.${slice.metadata.namespace}.svc.${ZONE}`);
    });
  }

  /** The upstream server: there is no DNS outside the simulated cluster, so it knows no name. */
  #forwarded(): DnsAnswer {
    return { status: 'NXDOMAIN', authoritative: false, answer: [], authority: [], additional: [] };
  }

  #dnsAddresses(asked: string): Found {
    const address = this.client.get('services', 'kube-system', 'kube-dns')?.spec.clusterIP;
    return address ? this.#one(asked, 'A', address) : NOTHING;
  }

  #one(name: string, type: RecordType, data: string): Found {
    return { records: [record(name, type, data)] };
  }

  #soa(): DnsRecord {
    const serial = Math.floor(this.now() / 1000);
    return record(ZONE, 'SOA', `ns.dns.${ZONE} hostmaster.${ZONE} ${serial} 7200 1800 86400 ${TTL}`);
  }
}

interface Target {
  host: string;
  address: string;
  ports: { name: string; number: number; protocol: string }[];
}

const readyEndpoints = (slice: KubeObject): Json[] =>
  (slice.endpoints ?? []).filter(({ conditions }: Json) => conditions?.ready !== false);

const hostOf = (endpoint: Json, address: string): string => endpoint.hostname ?? address.replaceAll('.', '-');

const targetPort = ({ name, port, protocol }: Json): Target['ports'][number] => ({ name: name ?? '', number: port, protocol });

const record = (name: string, type: RecordType, data: string): DnsRecord => ({ name, type, ttl: TTL, data });

function matchesPort(port: Target['ports'][number], name: string | undefined, protocol: string | undefined): boolean {
  if (name === undefined || protocol === undefined) return true;
  return `_${port.name}` === name && `_${port.protocol.toLowerCase()}` === protocol;
}

function unique(records: readonly DnsRecord[]): DnsRecord[] {
  const seen = new Set<string>();
  return records.filter(({ name, type, data }) => {
    const key = `${name} ${type} ${data}`;
    return !seen.has(key) && seen.add(key);
  });
}
