import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Link } from '../LabProvider/context';
import { externalAddresses, targetPortOf, type Owner } from './owner';
import type { Chain, RuleLine } from './ruleset';

/** A piece of a rule's text: plain, a value that other widgets show too, or the name of a chain it leads to. */
export interface Piece {
  readonly text: string;
  readonly link?: Link;
  readonly jump?: string;
}

interface Found extends Omit<Piece, 'text'> {
  from: number;
  to: number;
}

const ADDRESS = /\d+\.\d+\.\d+\.\d+/g;

function findAll(text: string, pattern: RegExp, make: (match: RegExpExecArray) => Omit<Piece, 'text'> | undefined): Found[] {
  // The piece is what the last group captured, or the whole match.
  return [...text.matchAll(pattern)].flatMap((match) => {
    const made = make(match);
    const part = match.length > 1 ? match.at(-1) : match[0];
    if (!made || part === undefined) return [];
    const from = match.index + match[0].lastIndexOf(part);
    return [{ ...made, from, to: from + part.length }];
  });
}

function addressLink(address: string, services: readonly KubeObject[]): Omit<Piece, 'text'> | undefined {
  for (const service of services) {
    if (service.spec?.clusterIP === address) return { link: { part: 'clusterIP', value: address } };
    if (externalAddresses(service).includes(address)) return { link: { part: 'externalIP', value: address } };
  }
  return undefined;
}

function portLink(number: string, owner: Owner): Omit<Piece, 'text'> | undefined {
  if (String(owner.port.port) === number) return { link: { part: 'port', value: number } };
  if (String(owner.port.nodePort) === number) return { link: { part: 'nodePort', value: number } };
  return undefined;
}

/** A rule's text in pieces. `chains`: names that can be jumped to. */
export function piecesOf(
  line: RuleLine,
  chain: Chain,
  owner: Owner | undefined,
  services: readonly KubeObject[],
  chains: ReadonlySet<string>,
): Piece[] {
  const { text } = line;
  const jump = ([, name = '']: RegExpExecArray) => (chains.has(name) ? { jump: name } : undefined);
  const found = [
    ...findAll(text, /(?:^| )(?:-j|-g|jump|goto) ([^\s,}]+)/g, jump),
    ...findAll(text, /@([^\s,}]+)/g, jump),
    ...findAll(text, ADDRESS, ([address]) => addressLink(address, services)),
  ];
  if (owner) {
    const { metadata, spec } = owner.service;
    const nodePort = /NODEPORTS|nodeports/.test(chain.name) || text.search(ADDRESS) < 0;
    const number = ([, digits = '']: RegExpExecArray) =>
      nodePort && String(owner.port.nodePort) === digits
        ? { link: { part: 'nodePort' as const, value: digits } }
        : portLink(digits, owner);
    found.push(
      ...findAll(text, /--dport (\d+)/g, number),
      ...findAll(text, /(?:tcp|udp|sctp) \. (\d+)/g, number),
      ...findAll(text, /(\d+\.\d+\.\d+\.\d+)(?::| \. )(\d+)/g, ([, address]) =>
        address === spec?.clusterIP ? undefined : { link: { part: 'targetPort', value: targetPortOf(owner.port) } },
      ),
      ...findAll(text, /"(?:[^"]* )?[a-z0-9.-]+\/([a-z0-9.-]+)(?=[: "])/g, ([, name]) =>
        name === metadata.name ? { link: { part: 'name', value: name } } : undefined,
      ),
    );
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, ...rest } of found.sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    if (from > at) pieces.push({ text: text.slice(at, from) });
    pieces.push({ text: text.slice(from, to), ...rest });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
