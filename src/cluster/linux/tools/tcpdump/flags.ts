import type { Packet } from '../../trace';

/** Bits of the flags' byte of a TCP header, by the names that filter expressions have for them. */
export const FLAG_BITS: Readonly<Record<string, number>> = {
  'tcp-fin': 1,
  'tcp-syn': 2,
  'tcp-rst': 4,
  'tcp-push': 8,
  'tcp-ack': 16,
  'tcp-urg': 32,
};

/** Flags as they are printed and as a number. */
const FLAGS: Partial<Record<Packet['payload'], readonly [string, number]>> = {
  SYN: ['S', 2],
  'SYN-ACK': ['S.', 18],
  RST: ['R.', 20],
  data: ['P.', 24],
  FIN: ['F.', 17],
};

export const flagsText = ({ payload }: Packet): string => FLAGS[payload]?.[0] ?? 'none';
export const flagBits = ({ payload }: Packet): number => FLAGS[payload]?.[1] ?? 0;
