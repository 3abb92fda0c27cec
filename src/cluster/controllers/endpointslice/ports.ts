import { fnv128a, goText } from '../../apimachinery/gohash';
import type { Json } from '../../apimachinery/object';

/** A slice's ports in the order that upstream's controllers give them: of a hash of each. Upstream: k8s.io/endpointslice/util portsInOrder. */
export function inHashOrder(ports: readonly Json[]): Json[] {
  return ports.length < 2 ? [...ports] : [...ports].sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));
}

const hashes = new Map<string, string>();

function hashOf({ name, protocol, port, appProtocol }: Json): string {
  const text = goText({
    type: 'v1.EndpointPort',
    value: {
      Name: { type: '*string', value: name },
      Protocol: { type: '*v1.Protocol', value: protocol },
      Port: { type: '*int32', value: port },
      AppProtocol: { type: '*string', value: appProtocol },
    },
  });
  let hash = hashes.get(text);
  if (hash === undefined) hashes.set(text, (hash = fnv128a(text)));
  return hash;
}
