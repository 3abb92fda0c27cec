import type { Hop, Packet, Trace } from '../../cluster/linux/trace';

/**
 * A NodePort call from the laptop through node-1 to a pod on node-2 and back, with the hops the cluster gives for it.
 * Written by hand for the widgets' tests only; lessons read the real thing.
 */
export function nodePortTrace(id = 1): Trace {
  const hops: Hop[] = [];
  let packet: Packet = {
    protocol: 'TCP',
    source: '198.51.100.7',
    sourcePort: 40112,
    destination: '192.168.0.11',
    destinationPort: 30088,
    mark: 0,
    ttl: 64,
    payload: 'SYN',
  };
  let direction: Hop['direction'] = 'request';
  const add = (host: string, stage: Hop['stage'], more: Partial<Hop> = {}, change: Partial<Packet> = {}) => {
    const before = packet;
    packet = { ...packet, ...change };
    hops.push({ host, direction, leg: 0, stage, before, after: packet, ...more });
  };
  const rule = (host: string, hook: Hop['hook'], chain: string, text: string, change: Partial<Packet> = {}) =>
    add(host, 'rule', { hook, table: 'nat', chain, text }, change);

  add('internet', 'send');
  add('internet', 'route', { text: 'default via 198.51.100.1 dev eth0' });
  add('internet', 'transmit', { interface: 'eth0', to: 'router' });
  add('router', 'receive', { interface: 'eth1' }, { ttl: 63 });
  add('router', 'route', { text: '192.168.0.0/24 dev eth0 proto kernel scope link src 192.168.0.1' });
  add('router', 'transmit', { interface: 'eth0', to: 'node:node-1' });
  add('node:node-1', 'receive', { interface: 'eth0' });
  rule(
    'node:node-1',
    'PREROUTING',
    'PREROUTING',
    '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
  );
  rule(
    'node:node-1',
    'PREROUTING',
    'KUBE-SERVICES',
    '-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS',
  );
  rule(
    'node:node-1',
    'PREROUTING',
    'KUBE-NODEPORTS',
    '-A KUBE-NODEPORTS -p tcp -m comment --comment "default/test:30088-5000" -m tcp --dport 30088 -j KUBE-EXT-ZJAGLTQJG325GQGN',
  );
  rule('node:node-1', 'PREROUTING', 'KUBE-MARK-MASQ', '-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000', { mark: 0x4000 });
  rule(
    'node:node-1',
    'PREROUTING',
    'KUBE-SEP-Z7E4AB3ASBYWO33H',
    '-A KUBE-SEP-Z7E4AB3ASBYWO33H -p tcp -m comment --comment "default/test:30088-5000" -m tcp -j DNAT --to-destination 10.244.2.3:5000',
    { destination: '10.244.2.3', destinationPort: 5000 },
  );
  add('node:node-1', 'route', { text: '10.244.2.0/24 via 192.168.0.12 dev eth0' });
  rule(
    'node:node-1',
    'POSTROUTING',
    'KUBE-POSTROUTING',
    '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
    { source: '192.168.0.11', sourcePort: 9670, mark: 0 },
  );
  add('node:node-1', 'conntrack', {
    text: 'tcp      6 119 SYN_SENT src=198.51.100.7 dst=192.168.0.11 sport=40112 dport=30088 src=10.244.2.3 dst=192.168.0.11 sport=5000 dport=9670 mark=0 use=1',
  });
  add('node:node-1', 'transmit', { interface: 'eth0', to: 'node:node-2' });
  add('node:node-2', 'receive', { interface: 'eth0' }, { ttl: 62 });
  add('node:node-2', 'route', { text: '10.244.2.0/24 dev cni0 proto kernel scope link src 10.244.2.1' });
  add('node:node-2', 'transmit', { interface: 'cni0', to: 'pod:default/p2' });
  add('pod:default/p2', 'receive', { interface: 'eth0' }, { ttl: 61 });
  add('pod:default/p2', 'deliver');

  direction = 'reply';
  packet = {
    ...packet,
    source: '10.244.2.3',
    sourcePort: 5000,
    destination: '192.168.0.11',
    destinationPort: 9670,
    ttl: 64,
    payload: 'SYN-ACK',
  };
  add('pod:default/p2', 'send');
  add('pod:default/p2', 'transmit', { interface: 'eth0', to: 'node:node-2' });
  add('node:node-2', 'receive', { interface: 'cni0' });
  add('node:node-2', 'transmit', { interface: 'eth0', to: 'node:node-1' });
  add('node:node-1', 'receive', { interface: 'eth0' });
  add(
    'node:node-1',
    'conntrack',
    {
      text: 'tcp      6 119 SYN_RECV src=198.51.100.7 dst=192.168.0.11 sport=40112 dport=30088 src=10.244.2.3 dst=192.168.0.11 sport=5000 dport=9670 mark=0 use=1',
    },
    { source: '192.168.0.11', sourcePort: 30088, destination: '198.51.100.7', destinationPort: 40112 },
  );
  add('node:node-1', 'transmit', { interface: 'eth0', to: 'router' });
  add('router', 'receive', { interface: 'eth0' });
  add('router', 'transmit', { interface: 'eth1', to: 'internet' });
  add('internet', 'receive', { interface: 'eth0' });
  add('internet', 'deliver');
  return {
    id,
    time: 1_795_339_000_000,
    from: 'internet',
    protocol: 'TCP',
    destination: '192.168.0.11',
    destinationPort: 30088,
    outcome: 'answered',
    backend: 'p2',
    backendHost: 'pod:default/p2',
    sourceSeen: '192.168.0.11',
    sourcePortSeen: 9670,
    hops,
  };
}

/** A call of the Service's port on a node's address, where nobody listens. */
export function refusedTrace(id = 2): Trace {
  const packet: Packet = {
    protocol: 'TCP',
    source: '192.168.0.50',
    sourcePort: 40200,
    destination: '192.168.0.11',
    destinationPort: 30001,
    mark: 0,
    ttl: 64,
    payload: 'SYN',
  };
  const hop = (host: string, stage: Hop['stage'], more: Partial<Hop> = {}): Hop => ({
    host,
    direction: 'request',
    leg: 0,
    stage,
    before: packet,
    after: packet,
    ...more,
  });
  return {
    id,
    time: 1_795_339_001_000,
    from: 'vm',
    protocol: 'TCP',
    destination: '192.168.0.11',
    destinationPort: 30001,
    outcome: 'refused',
    hops: [
      hop('vm', 'send'),
      hop('vm', 'transmit', { interface: 'eth0', to: 'node:node-1' }),
      hop('node:node-1', 'receive', { interface: 'eth0' }),
      hop('node:node-1', 'loss', { loss: { kind: 'refused', reason: 'no-listener' } }),
    ],
  };
}
