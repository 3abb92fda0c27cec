import { describe, expect, it } from 'vitest';
import type { Packet } from '../../trace';
import { parseFilter } from './filter';

const packet: Packet = {
  protocol: 'TCP',
  source: '10.244.1.2',
  sourcePort: 40000,
  destination: '10.96.0.1',
  destinationPort: 80,
  mark: 0,
  ttl: 64,
  payload: 'SYN',
};
const syn = { interface: 'eth0', direction: 'Out', packet } as const;
const arp = { interface: 'eth0', direction: 'Out', arp: { target: '10.0.0.9', sender: '10.0.0.1' } } as const;

describe('filter expressions', () => {
  it.each([
    ['', true],
    ['tcp', true],
    ['icmp or arp', false],
    ['host 10.96.0.1', true],
    ['src host 10.96.0.1', false],
    ['dst 10.96.0.1', true],
    ['host 10.0.0.1 or 10.244.1.2', true],
    ['net 10.244', true],
    ['src net 10.244.0.0/16 and dst net 10.96.0.0 mask 255.240.0.0', true],
    ['port http', true],
    ['src port 80', false],
    ['src or dst port 80', true],
    ['portrange 30000-32767', false],
    ['udp port 80', false],
    ['not port 22 and not arp', true],
    ['! ( port 80 || port 443 )', false],
    // alike and from the left: (udp and port 80) or tcp
    ['udp and port 80 or tcp', true],
    ['tcp or udp and port 443', false],
    ['ip proto 6', true],
    ['tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn', true],
    ['tcp[13] & 16 != 0', false],
  ])('%s', (expression, expected) => {
    expect(parseFilter(expression)(syn)).toBe(expected);
  });

  it('finds questions for an address', () => {
    expect(['arp', 'host 10.0.0.9', 'ip', 'port 80'].map((text) => parseFilter(text)(arp))).toEqual([true, true, false, false]);
  });

  // what tcpdump 4.99.3 with libpcap 1.10.3 says
  it.each([
    ['host', "can't parse filter expression: syntax error"],
    ['tcp and', "can't parse filter expression: syntax error"],
    ['1.2.3.4', "can't parse filter expression: syntax error"],
    ['port 80 )', "can't parse filter expression: syntax error"],
    ['tcp udp', "can't parse filter expression: syntax error"],
    ['port foo', "unknown port 'foo'"],
    ['port 99999', 'illegal port number 99999 > 65535'],
    ['net 10.0.0.1/8', 'non-network bits set in "10.0.0.1/8"'],
    ['net 10.0.0.0/33', 'mask length must be <= 32'],
    ['src host nosuch', "unknown host 'nosuch'"],
  ])('%s: an error', (expression, message) => {
    expect(() => parseFilter(expression)).toThrow(message);
  });
});
