import { fnv128a, goText, type GoValue } from '../apimachinery/gohash';
import type { Json } from '../apimachinery/object';

/** One address with its ports, ready or not. */
export interface PortedAddress {
  address: Json;
  /** Undefined for a headless Service without ports. */
  port: Json | undefined;
  ready: boolean;
}

/**
 * Packs addresses into subsets, each of addresses that have the same ports. Ports, and subsets among themselves, come in the order of
 * their hashes, to which the uids of pods belong.
 * Upstream: pkg/api/v1/endpoints RepackSubsets.
 */
export function repackSubsets(entries: readonly PortedAddress[]): Json[] {
  const byPort = new Map<string, { port: Json | undefined; ready: Map<Json, boolean> }>();
  for (const { address, port, ready } of entries) {
    const key = JSON.stringify(port) ?? '';
    const offering = byPort.get(key) ?? { port, ready: new Map<Json, boolean>() };
    byPort.set(key, offering);
    // an address that is once not ready is not ready
    offering.ready.set(address, (offering.ready.get(address) ?? true) && ready);
  }
  const bySet = new Map<string, { ready: ReadonlyMap<Json, boolean>; ports: Json[] }>();
  for (const { port, ready } of byPort.values()) {
    // one set is like no other
    const key = byPort.size === 1 ? '' : keyOf(ready);
    const subset = bySet.get(key) ?? { ready, ports: [] };
    bySet.set(key, subset);
    if (port) subset.ports.push(port);
  }
  const subsets = [...bySet.values()].map(({ ready, ports }) => {
    const withState = (state: boolean) =>
      sortAddresses([...ready].flatMap(([address, value]) => (value === state ? [address] : [])));
    const [addresses, notReadyAddresses] = [withState(true), withState(false)];
    return {
      ...(addresses.length > 0 && { addresses }),
      ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
      ...(ports.length > 0 && { ports: byHash(ports, (port) => ({ type: 'v1.EndpointPort', value: goPort(port) })) }),
    };
  });
  return byHash(subsets, (subset) => ({ type: 'v1.EndpointSubset', value: goSubset(subset) }));
}

const keyOf = (ready: ReadonlyMap<Json, boolean>): string =>
  JSON.stringify([...ready].map(([{ ip, targetRef }, value]) => [ip, targetRef?.uid, value]).sort());

function byHash(items: readonly Json[], printed: (item: Json) => GoValue): Json[] {
  if (items.length < 2) return [...items];
  const hashed = items.map((item) => ({ item, hash: fnv128a(goText(printed(item))) }));
  return hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1)).map(({ item }) => item);
}

function sortAddresses(addresses: Json[]): Json[] {
  const key = ({ ip, targetRef }: Json) => `${ip} ${targetRef?.uid ?? ''}`;
  return addresses.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const string = (value = ''): GoValue => ({ type: 'string', value });

const goPort = ({ name, port, protocol, appProtocol }: Json): Record<string, GoValue> => ({
  Name: string(name),
  Port: { type: 'int32', value: port },
  Protocol: { type: 'v1.Protocol', value: protocol },
  AppProtocol: { type: '*string', value: appProtocol },
});

function goSubset({ addresses, notReadyAddresses, ports }: Json): Record<string, GoValue> {
  const list = (type: string, items: readonly Json[] | undefined, fields: (item: Json) => Record<string, GoValue>): GoValue => ({
    type: `[]${type}`,
    value: items?.map((item) => ({ type, value: fields(item) })),
  });
  return {
    Addresses: list('v1.EndpointAddress', addresses, goAddress),
    NotReadyAddresses: list('v1.EndpointAddress', notReadyAddresses, goAddress),
    Ports: list('v1.EndpointPort', ports, goPort),
  };
}

const goAddress = ({ ip, hostname, nodeName, targetRef }: Json): Record<string, GoValue> => ({
  IP: string(ip),
  Hostname: string(hostname),
  NodeName: { type: '*string', value: nodeName },
  TargetRef: {
    type: '*v1.ObjectReference',
    value: targetRef && {
      Kind: string(targetRef.kind),
      Namespace: string(targetRef.namespace),
      Name: string(targetRef.name),
      UID: { type: 'types.UID', value: targetRef.uid },
      APIVersion: string(),
      ResourceVersion: string(),
      FieldPath: string(),
    },
  },
});
