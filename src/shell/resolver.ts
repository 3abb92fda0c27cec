import type { Json } from '../cluster/apimachinery/object';
import type { DnsAnswer } from '../cluster/coredns/answer';
import { parseAddress } from '../cluster/linux/address';
import type { Trace } from '../cluster/linux/trace';
import type { Suspend } from '../kubectl/types';
import type { Machine } from './machines';
import type { World } from './world';

/** What /etc/resolv.conf says. */
export interface ResolverConfig {
  servers: string[];
  search: string[];
  /** Names with fewer dots are looked for in the search path first. */
  ndots: number;
}

/** The stub that machines without a resolv.conf of their own ask; it knows what is in /etc/hosts. */
const STUB = '127.0.0.53';
/** ms that libc waits for a server, and how often it asks all of them. */
const ATTEMPT = 5000;
const ATTEMPTS = 2;

export function resolverConfig(machine: Machine): ResolverConfig {
  const text = machine.files.read('/etc/resolv.conf');
  if (text === undefined) return { servers: [STUB], search: [], ndots: 1 };
  const config: ResolverConfig = { servers: [], search: [], ndots: 1 };
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && words[0]) config.servers.push(words[0]);
    else if (keyword === 'search' || keyword === 'domain') config.search = words;
    else if (keyword === 'options') {
      const ndots = words.map((word) => /^ndots:(\d+)$/.exec(word)?.[1]).find((value) => value !== undefined);
      if (ndots !== undefined) config.ndots = Number(ndots);
    }
  }
  return config;
}

/** Names to ask for, in order, as libc does: absolute, without the last dot. */
export function candidates(name: string, { search, ndots }: ResolverConfig): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = search.map((suffix) => `${name}.${suffix}`);
  return name.split('.').length - 1 >= ndots ? [name, ...searched] : [...searched, name];
}

/** Whether text is an IPv4 address, rather than a name that looks like one (`300.1.1.1`). */
export const isAddress = (text: string): boolean => parseAddress(text) !== undefined;

/** What came back from a name server: its answer, nothing, or the word that nobody listens there. */
export type Reply = DnsAnswer | 'timeout' | 'refused';

/** Sends one question to a name server, as a datagram where the server is a machine of the network. */
export function ask(
  world: World,
  machine: Machine,
  server: string,
  { name, type, probe = false }: { name: string; type: string; probe?: boolean },
  onTrace?: (trace: Trace) => void,
): Reply {
  if (server === STUB && machine.kind !== 'pod') return fromHosts(world, machine, name, type);
  const { dns, network } = world;
  if (server === dns.address && !dns.inPods && (machine.kind === 'pod' || machine.kind === 'node')) return dns.answer(name, type);
  if (!isAddress(server)) return 'timeout';
  const request = {
    from: machine.place,
    protocol: 'UDP',
    address: server,
    port: 53,
    trace: onTrace !== undefined,
    probe,
  } as const;
  const { outcome, app, trace } = network.connect(request);
  if (trace) onTrace?.(trace);
  if (outcome === 'answered' && app?.kind === 'coredns') return dns.answer(name, type);
  return outcome === 'refused' || outcome === 'EPERM' || outcome === 'unreachable' ? 'refused' : 'timeout';
}

/** The answer that holds addresses, or why there is none and how long it took to know, ms. */
type LookUp = { name: string; addresses: readonly string[] } | { failure: 'NXDOMAIN' | 'TRYAGAIN'; waited: number };

/** Waits as long as libc's resolver would. Undefined: no addresses. */
export function* resolveHost(
  world: World,
  machine: Machine,
  name: string,
): Generator<Suspend, readonly string[] | undefined, void> {
  const found = lookUp(world, machine, name);
  if ('addresses' in found) return found.addresses;
  if (found.waited > 0) yield { until: world.now() + found.waited };
  return undefined;
}

/**
 * Addresses of a name as this machine's libc finds them: hosts file, then the search path.
 * @param probe its questions leave nothing behind in the network
 */
export function lookUp(world: World, machine: Machine, name: string, probe = false): LookUp {
  if (isAddress(name)) return { name, addresses: [name] };
  const known = hostsEntry(world, machine, name.replace(/\.$/, ''));
  if (known !== undefined) return { name, addresses: [known] };
  const config = resolverConfig(machine);
  let waited = 0;
  for (const candidate of candidates(name, config)) {
    for (const server of config.servers) {
      const reply = ask(world, machine, server, { name: candidate, type: 'A', probe });
      if (reply === 'timeout') waited += ATTEMPT * ATTEMPTS;
      if (typeof reply === 'string' || reply.status === 'SERVFAIL') continue;
      const addresses = reply.answer.filter(({ type }) => type === 'A');
      const [first] = addresses;
      if (first) return { name: first.name.replace(/\.$/, ''), addresses: addresses.map(({ data }) => data) };
      break;
    }
    // libc does not go through the whole search path when no server answers
    if (waited > 0) return { failure: 'TRYAGAIN', waited };
  }
  return { failure: 'NXDOMAIN', waited };
}

function hostsEntry(world: World, machine: Machine, name: string): string | undefined {
  if (machine.kind !== 'pod') {
    if (name === 'localhost' || (name === machine.hostname && machine.kind !== 'node')) return '127.0.0.1';
    if (name === 'vm') return '192.168.0.50';
    return nodeAddress(world, name);
  }
  for (const line of (machine.files.read('/etc/hosts') ?? '127.0.0.1 localhost').split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address !== undefined && isAddress(address) && names.includes(name)) return address;
  }
  return undefined;
}

function nodeAddress(world: World, name: string): string | undefined {
  if (!/^[a-z0-9.-]+$/.test(name)) return undefined;
  const response = world.api.handle({ method: 'GET', path: `/api/v1/nodes/${name}` });
  if (response.status !== 200) return undefined;
  const addresses = ((response.body as Json).status?.addresses ?? []) as { type: string; address: string }[];
  return addresses.find(({ type }) => type === 'InternalIP')?.address;
}

function fromHosts(world: World, machine: Machine, name: string, type: string): DnsAnswer {
  const address = hostsEntry(world, machine, name.replace(/\.$/, ''));
  const record = { name: `${name.replace(/\.$/, '')}.`, type: 'A', ttl: 0, data: address ?? '' } as const;
  return {
    status: address === undefined ? 'NXDOMAIN' : 'NOERROR',
    authoritative: false,
    answer: address !== undefined && type === 'A' ? [record] : [],
    authority: [],
    additional: [],
  };
}
