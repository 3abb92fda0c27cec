import { bytesOf } from '../../packet';
import type { TransportName } from '../../rule';
import type { Packet } from '../../trace';
import { PROTOCOLS, portName } from '../names';
import { flagsText } from './flags';
import type { Frame } from './frames';

export interface Style {
  /** Numbers of ports instead of their names. */
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** Names of interfaces, as for `-i any`. */
  readonly interfaces: boolean;
  /** As many as there were -t: 0 time of day, 1 none, 2 seconds since the epoch, 4 with the date. */
  readonly times: number;
}

/** A frame as tcpdump 4.99 prints it, without what simulated packets do not have (numbers of bytes, windows, options, checksums). */
export function line(frame: Frame, style: Style, now: number): string {
  const { packet, arp, direction } = frame;
  const where = style.interfaces ? `${frame.interface.padEnd(5)} ${(arp ? 'Out' : direction).padEnd(3)} ` : '';
  const head = time(now, style.times) + where;
  if (arp)
    return `${head}ARP, ${style.verbose ? 'Ethernet (len 6), IPv4 (len 4), ' : ''}Request who-has ${arp.target} tell ${arp.sender}, length 28\n`;
  const text = datagram(packet!, style);
  if (!style.verbose) return `${head}IP ${text}\n`;
  const { protocol, ttl, payload } = packet!;
  const number = PROTOCOLS.find(([name]) => name.toUpperCase() === protocol)![1];
  return `${head}IP (ttl ${ttl}, proto ${protocol} (${number}), length ${bytesOf(payload)})\n    ${text}\n`;
}

function time(now: number, times: number): string {
  if (times === 1) return '';
  if (times === 2) return `${(now / 1000).toFixed(6)} `;
  // The clock of the simulation counts milliseconds.
  const whole = Math.floor(now);
  const stamp = new Date(whole).toISOString();
  const day = times >= 4 ? `${stamp.slice(0, 10)} ` : '';
  return `${day}${stamp.slice(11, 23)}000 `;
}

function datagram(packet: Packet, style: Style): string {
  const { protocol, payload, source, destination } = packet;
  const length = bytesOf(payload) - 20;
  if (protocol === 'ICMP') return `${source} > ${destination}: ICMP ${message(packet)}, length ${length}`;
  const name = protocol.toLowerCase() as TransportName;
  const port = (number: number) => (style.numeric ? `${number}` : portName(number, name));
  const ends = `${source}.${port(packet.sourcePort)} > ${destination}.${port(packet.destinationPort)}: `;
  if (protocol === 'UDP') return `${ends}UDP, length ${length - 8}`;
  if (protocol === 'SCTP') return `${ends}sctp`;
  // How much data a program sends is not simulated.
  const carried = payload === 'data' ? '' : 'length 0';
  if (style.quiet) return `${ends}tcp${carried === '' ? '' : ' 0'}`;
  return `${ends}Flags [${flagsText(packet)}]${carried === '' ? '' : `, ${carried}`}`;
}

function message({ payload, identifier, quoted }: Packet): string {
  if (payload === 'echo-request' || payload === 'echo-reply') {
    return `${payload.replace('-', ' ')}${identifier === undefined ? '' : `, id ${identifier}`}`;
  }
  const to = quoted?.destination ?? '';
  switch (payload) {
    case 'icmp-net-unreachable':
      return `net ${to} unreachable`;
    case 'icmp-host-unreachable':
      return `host ${to} unreachable`;
    case 'icmp-time-exceeded':
      return 'time exceeded in-transit';
    default:
      return quoted === undefined || quoted.protocol === 'ICMP'
        ? `${to} protocol 1 port unreachable`
        : `${to} ${quoted.protocol.toLowerCase()} port ${quoted.destinationPort} unreachable`;
  }
}
