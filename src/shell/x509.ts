import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64ToBytes, bytesToBase64 } from '../cluster/apimachinery/base64';
import { isAddress } from './resolver';

// Certificates have the form of real ones (DER in PEM), but their numbers come from a hash and fit no cipher: they are for this simulator alone.

export interface Certificate {
  /** The last common name of the subject. */
  commonName: string;
  /** As openssl prints it: `CN = a, O = b`. */
  subject: string;
  issuer: string;
  names: readonly string[];
  /** ms since the epoch. */
  notBefore: number;
  notAfter: number;
  /** The key's number, in hexadecimal: the same for the key and its certificate. */
  modulus: string;
}

export interface CertificateRequest {
  /** Parts of the name in order: `['CN', 'my-nginx']`. */
  subject: readonly (readonly [string, string])[];
  names: readonly string[];
  /** ms since the epoch. */
  notBefore: number;
  notAfter: number;
}

const OIDS: Record<string, string> = {
  CN: '550403',
  C: '550406',
  L: '550407',
  ST: '550408',
  O: '55040a',
  OU: '55040b',
  emailAddress: '2a864886f70d010901',
};
const RSA = '2a864886f70d010101';
const SHA256_RSA = '2a864886f70d01010b';
const SAN = '551d11';

type Bytes = readonly number[];

const fromHex = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
const toHex = (bytes: Bytes): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

function tag(kind: number, ...parts: Bytes[]): number[] {
  const body = parts.flat();
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return [kind, ...size, ...body];
}

const sequence = (...parts: Bytes[]) => tag(0x30, ...parts);
const integer = (bytes: Bytes) => tag(2, (bytes[0] ?? 0) > 127 ? [0, ...bytes] : bytes);
const oid = (hex: string) => tag(6, fromHex(hex));
const text = (kind: number, value: string) => tag(kind, [...utf8ToBytes(value)]);
const algorithm = (hex: string) => sequence(oid(hex), tag(5));
const name = (parts: CertificateRequest['subject']) =>
  sequence(...parts.map(([key, value]) => tag(0x31, sequence(oid(OIDS[key] ?? OIDS.CN!), text(12, value)))));
const time = (moment: number) =>
  text(
    0x17,
    `${new Date(moment)
      .toISOString()
      .replace(/\.\d+|[-:T]/g, '')
      .slice(2)}`,
  );

/** A key and a certificate that it signed for itself, as PEM. The same request gives the same bytes. */
export function selfSigned(request: CertificateRequest): { key: string; certificate: string } {
  const seed = JSON.stringify(request);
  const modulus = number(seed, 'modulus', 256);
  const serial = number(seed, 'serial', 20);
  const extensions = request.names.length > 0 ? [tag(0xa3, sequence(alternativeNames(request.names)))] : [];
  const body = sequence(
    tag(0xa0, integer([2])),
    integer(serial),
    algorithm(SHA256_RSA),
    name(request.subject),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.subject),
    sequence(algorithm(RSA), tag(3, [0], sequence(integer(modulus), integer([1, 0, 1])))),
    ...extensions,
  );
  const certificate = sequence(body, algorithm(SHA256_RSA), tag(3, [0], number(seed, 'signature', 256)));
  const parts = ['p', 'q', 'dp', 'dq', 'qi'].map((part) => integer(number(seed, part, 128)));
  const rsa = sequence(integer([0]), integer(modulus), integer([1, 0, 1]), integer(number(seed, 'd', 256)), ...parts);
  const key = sequence(integer([0]), algorithm(RSA), tag(4, rsa));
  return { key: pem('PRIVATE KEY', key), certificate: pem('CERTIFICATE', certificate) };
}

function alternativeNames(names: readonly string[]): number[] {
  const entry = (each: string) => (isAddress(each) ? tag(0x87, each.split('.').map(Number)) : text(0x82, each));
  return sequence(oid(SAN), tag(4, sequence(...names.map(entry))));
}

/** `length` bytes of a hash chain, the first one odd-looking enough for a leading byte. */
function number(seed: string, label: string, length: number): number[] {
  const bytes: number[] = [];
  for (let block = 0; bytes.length < length; block++) bytes.push(...sha256(utf8ToBytes(`${label} ${block} ${seed}`)));
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  return bytes.slice(0, length);
}

function pem(label: string, bytes: Bytes): string {
  const lines = bytesToBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

interface Node {
  kind: number;
  bytes: Bytes;
  children: Node[];
}

/** The first certificate of a PEM text; undefined when there is none that can be read. */
export function readCertificate(pemText: string): Certificate | undefined {
  const encoded = /-----BEGIN CERTIFICATE-----\s([^-]+)-----END CERTIFICATE-----/.exec(pemText)?.[1];
  const body = encoded && parse(base64ToBytes(encoded))[0]?.children[0]?.children;
  if (!body || body.length < 7) return undefined;
  const [, , , issuer, validity, subject, keyInfo, ...rest] = body as [Node, Node, Node, Node, Node, Node, Node, ...Node[]];
  const parts = nameParts(subject);
  const [notBefore = 0, notAfter = 0] = validity.children.map(({ bytes }) => readTime(string(bytes)));
  const key = parse((keyInfo.children[1]?.bytes ?? []).slice(1))[0];
  const extensions = rest.find(({ kind }) => kind === 0xa3)?.children[0]?.children ?? [];
  const alternative = extensions.find(({ children }) => toHex(children[0]?.bytes ?? []) === SAN)?.children.at(-1);
  return {
    commonName: parts.findLast(([part]) => part === 'CN')?.[1] ?? '',
    subject: parts.map(([part, value]) => `${part} = ${value}`).join(', '),
    issuer: nameParts(issuer)
      .map(([part, value]) => `${part} = ${value}`)
      .join(', '),
    names: (parse(alternative?.bytes ?? [])[0]?.children ?? []).map(({ kind, bytes }) =>
      kind === 0x87 ? bytes.join('.') : string(bytes),
    ),
    notBefore,
    notAfter,
    modulus: toHex(key?.children[0]?.bytes ?? []),
  };
}

function parse(bytes: Bytes): Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at + 1 < bytes.length;) {
    const kind = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0;
    const more = short > 127 ? short & 127 : 0;
    const length = more === 0 ? short : bytes.slice(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
    const start = at + 2 + more;
    const inner = bytes.slice(start, start + length);
    nodes.push({ kind, bytes: inner, children: (kind & 0x20) !== 0 ? parse(inner) : [] });
    at = start + length;
  }
  return nodes;
}

const string = (bytes: Bytes): string => new TextDecoder().decode(Uint8Array.from(bytes));

function nameParts(node: Node): [string, string][] {
  return node.children.flatMap(({ children }) =>
    children.map(({ children: [id, value] }): [string, string] => {
      const known = Object.entries(OIDS).find(([, hex]) => hex === toHex(id?.bytes ?? []));
      return [known?.[0] ?? 'UNDEF', string(value?.bytes ?? [])];
    }),
  );
}

/** `261122090000Z` in ms since the epoch. */
function readTime(value: string): number {
  const [year = 0, month = 1, ...rest] = (value.match(/\d\d/g) ?? []).map(Number);
  return Date.UTC(2000 + year, month - 1, ...(rest as [number]));
}
