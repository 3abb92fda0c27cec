import { beforeEach, describe, expect, it } from 'vitest';
import { address, prefix } from './address';
import { type Attempted, attempt } from './connection';
import { Host } from './host';
import { Link } from './link';
import { parseRuleset } from './ruleset-text';
import { TraceLog } from './trace-log';
import type { Protocol } from './trace';

// client 10.0.0.2 -- left -- router 10.0.0.1 / 10.9.0.1 -- right -- server 10.9.0.2
let now: number;
let client: Host;
let router: Host;
let server: Host;
let log: TraceLog;

const anywhere = prefix('0.0.0.0/0');

function host(id: string, ip: string, gateway: string, link: Link): Host {
  const made = new Host(id, id);
  made.addInterface({ name: 'eth0', address: address(ip), length: 24, link });
  made.routes.add({ destination: anywhere, via: address(gateway), device: 'eth0' });
  return made;
}

beforeEach(() => {
  now = 0;
  const left = new Link('left');
  const right = new Link('right');
  router = new Host('router', 'router', { forwarding: true });
  router.addInterface({ name: 'eth0', address: address('10.0.0.1'), length: 24, link: left });
  router.addInterface({ name: 'eth1', address: address('10.9.0.1'), length: 24, link: right });
  client = host('client', '10.0.0.2', '10.0.0.1', left);
  server = host('server', '10.9.0.2', '10.9.0.1', right);
  for (const protocol of ['TCP', 'UDP'] as const) server.listen({ protocol, port: 80, name: 'server', owner: 'server', app: {} });
});

/** Rules of the router, as `iptables-save` lines. */
function rules(nat: string[], filter: string[] = []): void {
  router.setRuleset(parseRuleset(['*nat', ...nat, 'COMMIT', '*filter', ...filter, 'COMMIT'].join('\n')));
}

/** `TCP 10.9.0.2:80` from the client; every draw of a random number gives `draw`. */
function connect(target: string, draw = 0.5, from = client): Attempted {
  const [protocol, to] = target.split(' ') as [Protocol, string];
  const [ip, port] = to.split(':') as [string, string | undefined];
  log = new TraceLog();
  return attempt({
    from,
    protocol,
    destination: address(ip),
    port: Number(port ?? 0),
    now,
    random: () => draw,
    log,
    probe: false,
  });
}

const losses = () => log.hops.filter((h) => h.loss).map((h) => `${h.host} ${h.loss!.reason}`);

describe('one connection', () => {
  it.each([
    ['TCP 10.9.0.2:80', 'answered'],
    ['UDP 10.9.0.2:80', 'answered'],
    ['ICMP 10.9.0.2', 'answered'],
    ['TCP 10.9.0.2:81', 'refused'],
    ['UDP 10.9.0.2:81', 'refused'],
    ['TCP 10.9.0.3:80', 'timeout'],
    ['TCP 10.8.0.1:80', 'unreachable'],
    ['UDP 10.8.0.1:80', 'timeout'],
    ['ICMP 10.8.0.1', 'unreachable'],
    ['TCP 127.0.0.1:80', 'refused'],
  ])('%s: %s', (target, outcome) => expect(connect(target).outcome).toBe(outcome));

  it('that goes round in circles ends with its TTL', () => {
    client.routes.add({ destination: prefix('10.7.0.1/32'), via: address('10.0.0.1'), device: 'eth0' });
    router.routes.add({ destination: prefix('10.7.0.1/32'), via: address('10.9.0.2'), device: 'eth1' });
    const loop = new Host('loop', 'loop', { forwarding: true });
    loop.addInterface({ name: 'eth0', address: address('10.9.0.2'), length: 24, link: router.interfaces.get('eth1')!.link });
    loop.routes.add({ destination: anywhere, via: address('10.9.0.1'), device: 'eth0' });
    expect(connect('TCP 10.7.0.1:80').outcome).toBe('unreachable');
    expect(losses()).toEqual([expect.stringMatching(/ttl-exceeded/)]);
  });

  it('is dropped when it comes back with an address of the host itself', () => {
    rules(['-A POSTROUTING -o eth1 -j SNAT --to-source 10.9.0.2']);
    expect(connect('TCP 10.9.0.2:80').outcome).toBe('timeout');
    expect(losses()).toEqual(['server martian']);
  });
});

describe('rules', () => {
  it('DNAT and masquerade, and the reply is put back', () => {
    rules([
      '-A PREROUTING -d 10.0.0.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.9.0.2:80',
      '-A POSTROUTING -j MASQUERADE',
    ]);
    const { outcome, source } = connect('TCP 10.0.0.1:8080');
    expect([outcome, source]).toEqual(['answered', address('10.9.0.1')]);
    expect(log.hops.at(-1)!.after).toMatchObject({ source: '10.0.0.1', sourcePort: 8080, destination: '10.0.0.2' });
  });

  it('DROP is silent, REJECT is not', () => {
    rules([], ['-A FORWARD -p tcp -m tcp --dport 80 -j DROP', '-A FORWARD -p udp -j REJECT --reject-with icmp-port-unreachable']);
    expect(connect('TCP 10.9.0.2:80').outcome).toBe('timeout');
    expect(connect('UDP 10.9.0.2:80').outcome).toBe('refused');
    rules([], ['-A FORWARD -j REJECT --reject-with tcp-reset']);
    expect(connect('TCP 10.9.0.2:80').outcome).toBe('refused');
  });

  it('of the sender itself fail the call for datagrams', () => {
    rules([], ['-A OUTPUT -j DROP']);
    expect(connect('UDP 10.9.0.2:80', 0.5, router).outcome).toBe('EPERM');
    expect(connect('TCP 10.9.0.2:80', 0.5, router).outcome).toBe('timeout');
  });

  it('RETURN goes on behind the jump; marks do not leave the host', () => {
    rules(
      ['-A PREROUTING -j A', '-A A -j MARK --set-xmark 0x1/0x1', '-A A -j RETURN', '-A A -j DNAT --to-destination 10.9.0.9'],
      ['-A FORWARD -m conntrack --ctstate NEW -m mark ! --mark 0x1/0x1 -j DROP'],
    );
    expect(connect('TCP 10.9.0.2:80').outcome).toBe('answered');
    expect(log.hops.find((h) => h.host === 'server' && h.stage === 'receive')!.after.mark).toBe(0);
  });

  it('of raw keep a packet from being tracked, and nat passes it by', () => {
    router.setRuleset(
      parseRuleset(
        '*raw\n-A PREROUTING -p tcp -j CT --notrack\nCOMMIT\n*nat\n-A POSTROUTING -j MASQUERADE\nCOMMIT\n*filter\n-A FORWARD -p udp -j DROP\nCOMMIT\n',
      ),
    );
    expect(connect('TCP 10.9.0.2:80')).toMatchObject({ outcome: 'answered', source: address('10.0.0.2') });
    expect(router.conntrack.list(now)).toBe('');
  });

  it('count what they see', () => {
    rules(['-A POSTROUTING -j MASQUERADE'], ['-A FORWARD -m conntrack --ctstate NEW', '-A FORWARD -j ACCEPT']);
    connect('TCP 10.9.0.2:80');
    const counted = router.ruleset.flatMap(({ chains }) =>
      ['POSTROUTING', 'FORWARD'].flatMap((name) => chains.get(name)?.steps ?? []),
    );
    expect(counted.map(({ packets, bytes }) => [packets, bytes])).toEqual([
      [1, 60],
      [1, 60],
      [2, 120],
    ]);
  });

  it('are not asked about a source that the host would not send to by that device (rp_filter)', () => {
    rules([]);
    router.rpFilter.set('all', 1);
    expect(connect('TCP 10.9.0.2:80').outcome).toBe('answered');
    router.routes.add({ destination: prefix('10.0.0.2/32'), via: address('10.9.0.2'), device: 'eth1' });
    expect(connect('TCP 10.9.0.2:80').outcome).toBe('timeout');
    expect(losses()).toEqual(['router rp-filter']);
  });

  it('statistic draws', () => {
    rules([], ['-A FORWARD -m conntrack --ctstate NEW -m statistic --mode random --probability 0.50000000000 -j DROP']);
    expect(connect('TCP 10.9.0.2:80', 0.49).outcome).toBe('timeout');
    expect(connect('TCP 10.9.0.2:80', 0.51).outcome).toBe('answered');
  });

  it('recent remembers a client for so many seconds', () => {
    rules(
      [],
      [
        '-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT',
        '-A FORWARD -m recent --rcheck --seconds 60 --reap --name seen --mask 255.255.255.255 --rsource -j DROP',
        '-A FORWARD -m recent --set --name seen --mask 255.255.255.255 --rsource',
      ],
    );
    expect(connect('UDP 10.9.0.2:80', 0.1).outcome).toBe('answered');
    now = 60_000;
    expect(connect('UDP 10.9.0.2:80', 0.2).outcome).toBe('timeout');
    now = 60_001;
    expect(connect('UDP 10.9.0.2:80', 0.3).outcome).toBe('answered');
  });
});

describe('conntrack', () => {
  it('changes the source port when two clients would look alike', () => {
    rules(['-A POSTROUTING -j MASQUERADE']);
    const twin = host('twin', '10.0.0.3', '10.0.0.1', client.interfaces.get('eth0')!.link!);
    const first = connect('TCP 10.9.0.2:80');
    const second = connect('TCP 10.9.0.2:80', 0.5, twin);
    expect(second.outcome).toBe('answered');
    expect(second.sourcePort).not.toBe(first.sourcePort);
  });

  it('forgets on time, and at once what was only reset', () => {
    rules([]);
    connect('TCP 10.9.0.2:81');
    expect(router.conntrack.list(now)).toBe('');
    connect('UDP 10.9.0.2:80');
    now = 29_999;
    expect(router.conntrack.list(now)).toMatch(/^udp {6}17 0 src=10\.0\.0\.2 dst=10\.9\.0\.2 /);
    now = 30_000;
    expect(router.conntrack.list(now)).toBe('');
  });

  it('shows an attempt without an answer', () => {
    rules([]);
    server.unplug();
    connect('TCP 10.9.0.2:80');
    expect(router.conntrack.list(now)).toMatch(/^tcp {6}6 119 SYN_SENT .* \[UNREPLIED\] .* mark=0 use=1\n$/);
  });
});
