import { expect, it } from 'vitest';
import { address } from '../linux/address';
import { Conntrack } from '../linux/conntrack';
import { setDestination } from '../linux/nat';
import { newSkb } from '../linux/packet';
import { removeStaleFlows } from './conntrack-cleanup';
import { servicePorts } from './service';

const service = {
  metadata: { namespace: 'default', name: 'dns' },
  spec: { type: 'ClusterIP', clusterIP: '10.96.0.53', ports: [{ port: 53, protocol: 'UDP' }] },
};

const ports = (...addresses: string[]) =>
  servicePorts(service as never, [
    {
      addressType: 'IPv4',
      ports: [{ port: 5353, protocol: 'UDP' }],
      endpoints: addresses.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    } as never,
  ]);

/** A flow to the Service that was sent to that pod. */
function flow(table: Conntrack, protocol: 'TCP' | 'UDP', pod: string): void {
  const tuple = { source: address('10.244.1.2'), sourcePort: 40000, destination: address('10.96.0.53'), destinationPort: 53 };
  const skb = newSkb(protocol, tuple, protocol === 'UDP' ? 'data' : 'SYN');
  table.track(skb, 0);
  setDestination(skb.entry!, address(pod), 5353);
  table.confirm(skb.entry!);
}

it('forgets UDP flows to a pod that left its Service, keeps TCP and flows to Services that are gone', () => {
  const table = new Conntrack();
  flow(table, 'UDP', '10.244.1.3');
  flow(table, 'TCP', '10.244.1.3');
  removeStaleFlows(table, ports('10.244.1.3', '10.244.2.3'));
  removeStaleFlows(table, []);
  expect(table.list(0, 'UDP')).toContain('src=10.244.1.3');
  removeStaleFlows(table, ports('10.244.2.3'));
  expect(table.list(0, 'UDP')).toBe('');
  expect(table.list(0, 'TCP')).toContain('src=10.244.1.3');
});
