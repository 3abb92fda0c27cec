import { expect, it } from 'vitest';
import { keyPairError } from './keypair';

const pem = (type: string, body: string) => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`;
const certificate = pem('CERTIFICATE', 'MAA=');
const key = pem('RSA PRIVATE KEY', 'MAA=');

it('says why two texts are no certificate and key', () => {
  expect(keyPairError(certificate, key)).toBeUndefined();
  expect(keyPairError('abc', key)).toBe('tls: failed to find any PEM data in certificate input');
  expect(keyPairError(key, certificate)).toMatch(/did find a private key; PEM inputs may have been switched$/);
  expect(keyPairError(certificate, certificate)).toBe(
    'tls: found a certificate rather than a key in the PEM for the private key',
  );
  expect(keyPairError(pem('CERTIFICATE', 'YWJj'), key)).toBe('x509: malformed certificate');
  expect(keyPairError(certificate, pem('PRIVATE KEY', 'YWJj'))).toBe('tls: failed to parse private key');
});
