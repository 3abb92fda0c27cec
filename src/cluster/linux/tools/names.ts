import type { TransportName } from '../rule';

/** Protocols by name and number. */
export const PROTOCOLS: readonly (readonly [TransportName, number])[] = [
  ['tcp', 6],
  ['udp', 17],
  ['sctp', 132],
  ['icmp', 1],
];

/** A protocol by its name or number, both as text. */
export const protocolOf = (text: string): TransportName | undefined =>
  PROTOCOLS.find(([name, number]) => name === text || `${number}` === text)?.[0];

/** Well-known ports, as /etc/services of a node names them. */
const SERVICES: readonly (readonly [number, string, string])[] = [
  [1, 'tcpmux', 'tcp'],
  [7, 'echo', 'tcp udp'],
  [20, 'ftp-data', 'tcp'],
  [21, 'ftp', 'tcp'],
  [22, 'ssh', 'tcp'],
  [23, 'telnet', 'tcp'],
  [25, 'smtp', 'tcp'],
  [53, 'domain', 'tcp udp'],
  [67, 'bootps', 'udp'],
  [68, 'bootpc', 'udp'],
  [80, 'http', 'tcp'],
  [110, 'pop3', 'tcp'],
  [123, 'ntp', 'udp'],
  [143, 'imap2', 'tcp'],
  [161, 'snmp', 'tcp udp'],
  [179, 'bgp', 'tcp'],
  [389, 'ldap', 'tcp udp'],
  [443, 'https', 'tcp udp'],
  [636, 'ldaps', 'tcp udp'],
  [993, 'imaps', 'tcp'],
  [1194, 'openvpn', 'tcp udp'],
  [3306, 'mysql', 'tcp'],
  [5432, 'postgresql', 'tcp'],
  [5672, 'amqp', 'tcp udp sctp'],
  [6379, 'redis', 'tcp'],
  [8080, 'http-alt', 'tcp udp'],
];

export function portOf(text: string, protocol: TransportName): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) < 65536 ? Number(text) : undefined;
  return SERVICES.find(([, name, protocols]) => name === text && protocols.includes(protocol))?.[0];
}

/** The port's name where it has one. */
export function portName(port: number, protocol: TransportName): string {
  return SERVICES.find(([number, , protocols]) => number === port && protocols.split(' ').includes(protocol))?.[1] ?? `${port}`;
}
