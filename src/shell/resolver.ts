import type { Json } from '../cluster/apimachinery/object';
import type { Machine } from './machines';
import type { World } from './world';

/** Addresses of a name as this machine's resolver finds them; undefined: no such name. */
export function resolveHost(world: World, machine: Machine, name: string): readonly string[] | undefined {
  return lookUp(world, machine, name)?.addresses;
}

/** As `resolveHost`, with the full name that answered. */
export function lookUp(world: World, machine: Machine, name: string): { name: string; addresses: readonly string[] } | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return { name, addresses: [name] };
  if (name === 'localhost' || (name === machine.hostname && machine.kind !== 'node')) return { name, addresses: ['127.0.0.1'] };
  if (machine.kind !== 'pod') {
    // /etc/hosts of the laptop, the vm and the nodes
    if (name === 'vm') return { name, addresses: ['192.168.0.50'] };
    const address = nodeAddress(world, name);
    if (address !== undefined) return { name, addresses: [address] };
  }
  let answer = world.dns.resolve(machine.place, name);
  for (let depth = 0; 'cname' in answer && depth < 8; depth++) answer = world.dns.resolve(machine.place, answer.cname);
  return 'addresses' in answer && answer.addresses.length > 0 ? answer : undefined;
}

function nodeAddress(world: World, name: string): string | undefined {
  const response = world.api.handle({ method: 'GET', path: `/api/v1/nodes/${encodeURIComponent(name)}` });
  if (response.status !== 200) return undefined;
  const addresses = ((response.body as Json).status?.addresses ?? []) as { type: string; address: string }[];
  return addresses.find(({ type }) => type === 'InternalIP')?.address;
}
