import type { ConntrackEntry } from '../conntrack';
import { formatAddress } from '../address';
import type { Socket } from '../host';
import { type Tool, failed, said } from './tool';

const LETTERS = 'tulnpa4sHeomiO';

/** ss: sockets that listen (-l), of TCP (-t) and UDP (-u), and TCP connections of this host that conntrack knows as established. */
export const ss: Tool = ({ host, args, now }) => {
  const letters = new Set<string>();
  for (const word of args) {
    if (word === '--listening') letters.add('l');
    else if (word === '--tcp') letters.add('t');
    else if (word === '--udp') letters.add('u');
    else if (word === '--numeric') letters.add('n');
    else if (word === '--processes') letters.add('p');
    else if (word === '--all') letters.add('a');
    else if (/^-[a-zA-Z0-9]+$/.test(word)) for (const letter of word.slice(1)) letters.add(letter);
    else return failed(`ss: this simulator does not filter by "${word}"`, 1);
  }
  for (const letter of letters) if (!LETTERS.includes(letter)) return failed(`ss: invalid option -- '${letter}'`, 255);
  if (letters.has('s')) return failed('ss: this simulator keeps no statistics of sockets', 1);
  const protocols = (['TCP', 'UDP'] as const).filter((protocol) => {
    const asked = letters.has('t') || letters.has('u');
    return !asked || letters.has(protocol === 'TCP' ? 't' : 'u');
  });
  const listening = letters.has('l') || letters.has('a');
  const rows: string[][] = [];
  const isOne = protocols.length === 1;
  for (const protocol of protocols) {
    const state = protocol === 'TCP' ? 'LISTEN' : 'UNCONN';
    if (listening) for (const socket of host.listeners(protocol)) rows.push(row(protocol, state, socket, letters.has('p')));
    if (!letters.has('l') && protocol === 'TCP')
      for (const entry of host.conntrack.entries(now)) rows.push(...connection(entry, host.isLocal.bind(host)));
  }
  const head = ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port', 'Process'];
  const drop = isOne ? 1 : 0;
  return said(table([head, ...rows].map((cells) => cells.slice(drop))));
};

function row(protocol: 'TCP' | 'UDP', state: string, { port, address = '0.0.0.0', name }: Socket, processes: boolean): string[] {
  const isSix = address.includes(':');
  const local = `${isSix ? `[${address}]` : address}:${port}`;
  return [
    protocol.toLowerCase(),
    state,
    '0',
    protocol === 'TCP' ? '4096' : '0',
    local,
    isSix ? '[::]:*' : '0.0.0.0:*',
    processes ? `users:(("${name}"))` : '',
  ];
}

/** A connection that ends on this host. */
function connection(entry: ConntrackEntry, isLocal: (address: number) => boolean): string[][] {
  if (entry.protocol !== 'TCP' || entry.state !== 'ESTABLISHED') return [];
  const at = (address: number, port: number) => `${formatAddress(address)}:${port}`;
  const rows: string[][] = [];
  const { originalSource, originalSourcePort, originalDestination, originalDestinationPort } = entry;
  if (isLocal(originalSource))
    rows.push([
      'tcp',
      'ESTAB',
      '0',
      '0',
      at(originalSource, originalSourcePort),
      at(originalDestination, originalDestinationPort),
      '',
    ]);
  if (isLocal(entry.replySource))
    rows.push([
      'tcp',
      'ESTAB',
      '0',
      '0',
      at(entry.replySource, entry.replySourcePort),
      at(entry.replyDestination, entry.replyDestinationPort),
      '',
    ]);
  return rows;
}

/** Columns as wide as their widest cell; addresses stand at the right, as their colons meet. */
function table(rows: readonly (readonly string[])[]): string {
  const count = rows[0]!.length;
  const split = (cell: string): [string, string] => {
    const at = cell.lastIndexOf(':');
    return [cell.slice(0, at), cell.slice(at)];
  };
  const isAddress = (column: number) => column === count - 3 || column === count - 2;
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const lefts = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => split(cells[column]!)[0].length)));
  const rights = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => split(cells[column]!)[1].length)));
  return rows
    .map((cells) => {
      const shown = cells.map((cell, column) => {
        if (!isAddress(column)) return column === count - 1 ? cell : cell.padEnd(widths[column]!);
        const [host, port] = split(cell);
        return host.padStart(lefts[column]!) + port.padEnd(rights[column]!);
      });
      const [process = ''] = shown.slice(-1);
      return `${shown.slice(0, -1).join(' ')}${process}\n`;
    })
    .join('');
}
