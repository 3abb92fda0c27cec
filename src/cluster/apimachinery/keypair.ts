import { base64Fault, base64ToBytes } from './base64';

interface PemBlock {
  type: string;
  bytes: number[];
}

/**
 * Why a certificate and a private key, both PEM, cannot be used for TLS; undefined when nothing is found wrong. What is inside of either is
 * not looked at, nor whether they belong together. Upstream: Go's crypto/tls X509KeyPair.
 */
export function keyPairError(certificate: string, key: string): string | undefined {
  const found = blocksOf(certificate);
  const types = found.map(({ type }) => type);
  const listed = (skipped: readonly string[]) => `after skipping PEM blocks of the following types: [${skipped.join(' ')}]`;
  const leaf = found.find(({ type }) => type === 'CERTIFICATE');
  if (!leaf) {
    if (types.length === 0) return 'tls: failed to find any PEM data in certificate input';
    if (types.length === 1 && types[0]!.endsWith('PRIVATE KEY'))
      return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
    return `tls: failed to find "CERTIFICATE" PEM block in certificate input ${listed(types)}`;
  }
  const keys = blocksOf(key);
  const secret = keys.find(({ type }) => /^(.* )?PRIVATE KEY$/.test(type));
  if (!secret) {
    const skipped = keys.map(({ type }) => type);
    if (skipped.length === 0) return 'tls: failed to find any PEM data in key input';
    if (skipped.length === 1 && skipped[0] === 'CERTIFICATE')
      return 'tls: found a certificate rather than a key in the PEM for the private key';
    return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input ${listed(skipped)}`;
  }
  const length = sequenceLength(leaf.bytes);
  if (length === undefined || length > leaf.bytes.length) return 'x509: malformed certificate';
  if (length < leaf.bytes.length) return 'x509: trailing data';
  return sequenceLength(secret.bytes) === secret.bytes.length ? undefined : 'tls: failed to parse private key';
}

/** Upstream: encoding/pem Decode, again and again. */
function blocksOf(text: string): PemBlock[] {
  const blocks = text.matchAll(/(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n([\s\S]*?)-----END \1-----[ \t\r]*(?=\n|$)/g);
  return [...blocks].flatMap(([, type = '', body = '']) => {
    const base64 = body.replace(/^(?:[^\n:]+:[^\n]*\n)+\n/, '').replace(/\s/g, '');
    return base64Fault(base64) === undefined ? [{ type, bytes: base64ToBytes(base64) }] : [];
  });
}

/** How many bytes a DER sequence says it takes; undefined for what is none. */
function sequenceLength([tag, first = 0, ...rest]: readonly number[]): number | undefined {
  if (tag !== 0x30) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first - 0x80;
  return 2 + count + rest.slice(0, count).reduce((sum, byte) => 256 * sum + byte, 0);
}
