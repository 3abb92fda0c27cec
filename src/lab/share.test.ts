import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SavedLab } from './log';
import { decodeLab, encodeLab } from './share';

const lab: SavedLab = {
  version: 1,
  scenario: 'clusterip',
  digest: '0123456789abcdef',
  time: 9000,
  actions: [
    { at: 10, kind: 'run', line: 'kubectl create service clusterip 서비스 --tcp=80' },
    { at: 20, kind: 'connect', from: 'vm', protocol: 'TCP', address: '10.96.0.1', port: 443 },
  ],
};

it('reads back what it wrote, in the letters of an address', async () => {
  const text = await encodeLab(lab);
  expect(text).toMatch(/^1\.[\w-]+$/);
  expect(await decodeLab(text!)).toEqual({ saved: lab });
});

it('refuses what would not fit a link, both ways', async () => {
  // hashes do not deflate
  const lines = Array.from({ length: 900 }, (_, i) => ({
    at: i,
    kind: 'run' as const,
    line: `${Math.sin(i)} ${Math.cos(i)} ${Math.tan(i)}`,
  }));
  expect((await encodeLab({ ...lab, actions: lines }))?.length).toBeUndefined();
  expect(await decodeLab('1.' + 'A'.repeat(16 * 1024))).toEqual({ problem: 'too-long' });
});

it('does not inflate a bomb', async () => {
  const bomb = deflateRawSync(Buffer.alloc(8 * 1024 * 1024, 0x20)).toString('base64url');
  expect(bomb.length).toBeLessThan(16 * 1024);
  expect(await decodeLab(`1.${bomb}`)).toEqual({ problem: 'too-long' });
});

it('tells a later version from damage', async () => {
  expect(await decodeLab('2.abc')).toEqual({ problem: 'version' });
  for (const text of ['', '1.', '1.***', '1.AAAA', `1.${deflateRawSync('{"version":1}').toString('base64url')}`])
    expect(await decodeLab(text)).toEqual({ problem: 'damaged' });
});

it('never throws', () =>
  fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await decodeLab(text)).toHaveProperty('problem');
      expect(await decodeLab(`1.${Buffer.from(text).toString('base64url')}`)).toHaveProperty('problem');
    }),
  ));
