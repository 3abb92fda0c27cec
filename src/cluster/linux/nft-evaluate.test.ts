import { beforeEach, describe, expect, it } from 'vitest';
import { address, prefix } from './address';
import { attempt, exchange } from './connection';
import { Host } from './host';
import { Link } from './link';
import { parseNftTable } from './nft-text';
import { TraceLog } from './trace-log';

// client 10.0.0.2 -- router 10.0.0.1 / 10.9.0.1 -- one 10.9.0.2, two 10.9.0.3
let now: number;
let client: Host;
let router: Host;
let log: TraceLog;

function host(id: string, ip: string, gateway: string, link: Link): Host {
  const made = new Host(id, id);
  made.addInterface({ name: 'eth0', address: address(ip), length: 24, link });
  made.routes.add({ destination: prefix('0.0.0.0/0'), via: address(gateway), device: 'eth0' });
  for (const protocol of ['TCP', 'UDP'] as const) made.listen({ protocol, port: 80, name: id, owner: id, app: {} });
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
  host('one', '10.9.0.2', '10.9.0.1', right);
  host('two', '10.9.0.3', '10.9.0.1', right);
});

/** Chains (and sets) of the router's table. */
function table(...blocks: string[]): void {
  router.setRuleset([], [parseNftTable(`table ip t {\n${blocks.join('\n')}\n}\n`)]);
}

const request = (protocol: 'TCP' | 'UDP', to: string, draw: number) => ({
  from: client,
  protocol,
  destination: address(to),
  port: 80,
  now,
  random: () => draw,
  log: (log = new TraceLog()),
  probe: false,
});

/** Who answers, or what went wrong. */
function connect(to = '192.0.2.1', draw = 0, protocol: 'TCP' | 'UDP' = 'TCP'): string {
  const { outcome, socket } = attempt(request(protocol, to, draw));
  return outcome === 'answered' ? socket!.name : outcome;
}

const PREROUTING = 'chain pre {\ntype nat hook prerouting priority dstnat; policy accept;';

describe('nftables rules', () => {
  it('draw one of several destinations from a map', () => {
    table(`${PREROUTING}
      meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.9.0.2 . 80, 1 : 10.9.0.3 . 80 }
      }`);
    expect(connect('192.0.2.1', 0.4)).toBe('one');
    expect(connect('192.0.2.1', 0.6)).toBe('two');
    expect(
      log.hops.filter((hop) => hop.stage === 'rule').map((hop) => `${hop.hook} ${hop.table} ${hop.chain} ${hop.text}`),
    ).toEqual(['PREROUTING t pre meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.9.0.2 . 80, 1 : 10.9.0.3 . 80 }']);
  });

  it('look up a verdict, and show which element it was', () => {
    table(
      'map services {\ntype ipv4_addr . inet_proto . inet_service : verdict\nelements = { 192.0.2.1 . tcp . 80 : goto there }\n}',
      `${PREROUTING}
      ip daddr . meta l4proto . th dport vmap @services
      ip daddr 192.0.2.0/24 dnat to 10.9.0.3:80
      }`,
      'chain there {\ndnat to 10.9.0.2:80\n}',
    );
    expect(connect('192.0.2.1')).toBe('one');
    expect(log.hops.find((hop) => hop.element)?.element).toBe('192.0.2.1 . tcp . 80 : goto there');
    expect(connect('192.0.2.9')).toBe('two');
  });

  it('do not come back from goto', () => {
    table(`${PREROUTING}\ngoto nothing\ndnat to 10.9.0.2:80\n}`, 'chain nothing {\n}');
    expect(connect('10.9.0.3')).toBe('two');
  });

  it('remember clients for as long as the set says', () => {
    table(
      'set known {\ntype ipv4_addr\nsize 65535\nflags dynamic,timeout\ntimeout 1m\n}',
      `${PREROUTING}
      ip saddr @known dnat to 10.9.0.2:80
      numgen random mod 2 vmap { 0 : goto one, 1 : goto two }
      }`,
      'chain one {\nupdate @known { ip saddr }\ndnat to 10.9.0.2:80\n}',
      'chain two {\ndnat to 10.9.0.3:80\n}',
    );
    expect(connect('192.0.2.1', 0)).toBe('one');
    now = 59_000;
    expect(connect('192.0.2.1', 0.9)).toBe('one');
    now = 61_000;
    expect(connect('192.0.2.1', 0.9)).toBe('two');
  });

  it('drop before nat what comes from the wrong place, and reject in forward', () => {
    table(
      'chain early {\ntype filter hook prerouting priority dstnat - 10; policy accept;\nip daddr 192.0.2.1 ip saddr != 10.0.0.9 drop\n}',
      `${PREROUTING}\nip daddr 192.0.2.0/24 dnat to 10.9.0.2:80\n}`,
      'chain late {\ntype filter hook forward priority filter; policy accept;\nct status dnat reject\n}',
    );
    expect(connect('192.0.2.1')).toBe('timeout');
    expect(log.hops.find((hop) => hop.loss)?.hook).toBe('PREROUTING');
    expect(connect('192.0.2.2')).toBe('refused');
    expect(connect('10.9.0.2')).toBe('one');
  });
});

describe('connections that stay open', () => {
  it('keep their end when the rules change', () => {
    table(`${PREROUTING}\nip daddr 192.0.2.1 dnat to 10.9.0.2:80\n}`);
    const opened = attempt({ ...request('TCP', '192.0.2.1', 0.5), keepOpen: true });
    expect(router.conntrack.list(now)).toContain('ESTABLISHED');
    table(`${PREROUTING}\nip daddr 192.0.2.1 dnat to 10.9.0.3:80\n}`);
    expect(exchange(request('TCP', '192.0.2.1', 0.5), opened as Required<typeof opened>, false)).toBe('answered');
    expect(connect('192.0.2.1')).toBe('two');
    exchange(request('TCP', '192.0.2.1', 0.5), opened as Required<typeof opened>, true);
    expect(router.conntrack.list(now)).not.toContain('ESTABLISHED');
  });

  it('are found again by datagrams of the same port, for longer once they are a stream', () => {
    table(`${PREROUTING}\nip daddr 192.0.2.1 dnat to 10.9.0.2:80\n}`);
    const send = () => attempt({ ...request('UDP', '192.0.2.1', 0.5), sourcePort: 5000 }).socket?.name;
    expect(send()).toBe('one');
    table(`${PREROUTING}\nip daddr 192.0.2.1 dnat to 10.9.0.3:80\n}`);
    now = 25_000;
    expect(send()).toBe('one');
    expect(router.conntrack.list(now)).toMatch(/udp +17 119 .*\[ASSURED\]/);
    now = 144_000;
    expect(send()).toBe('one');
    now = 300_000;
    expect(send()).toBe('two');
  });
});
