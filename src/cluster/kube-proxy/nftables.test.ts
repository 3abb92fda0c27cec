import { describe, expect, it } from 'vitest';
import { parseNftTable, renderNftTable } from '../linux/nft-text';
import { nftablesRules } from './nftables';
import { cases, load } from './testdata/load';

/** Sets and chains in any order: it says which Service came first. */
const blocks = (text: string) =>
  text
    .split(/\n(?=\t\w)/)
    .map((block) => block.replace(/[\s}]*$/, ''))
    .sort();

describe('rules of kube-proxy in nftables mode', () => {
  it.each(cases('nft'))('%s', (name) => {
    const { input, services, real } = load(name, 'nft');
    expect(blocks(renderNftTable(nftablesRules(input, services)))).toEqual(blocks(real));
  });
});

describe('nft text', () => {
  it.each(cases('nft'))('is read and written back unchanged: %s', (name) => {
    const { real } = load(name, 'nft');
    expect(renderNftTable(parseNftTable(real))).toBe(real);
  });

  it('shows blocks of addresses as nft does', () => {
    const shown = (list: string) =>
      /ip saddr .*(?= drop)/.exec(
        renderNftTable(parseNftTable(`table ip t {\n\tchain c {\n\t\tip saddr != ${list} drop\n\t}\n}\n`)),
      )![0];
    expect(shown('{ 9.9.9.9, 1.2.3.4, 192.168.0.5/32 }')).toBe('ip saddr != { 1.2.3.4, 9.9.9.9, 192.168.0.5 }');
    expect(shown('{ 9.9.9.0/24, 9.9.8.0/24, 1.2.3.4 }')).toBe('ip saddr != { 1.2.3.4, 9.9.8.0/23 }');
    expect(shown('{ 9.9.9.0/24, 9.9.10.0/24 }')).toBe('ip saddr != { 9.9.9.0-9.9.10.255 }');
    expect(shown('{ 192.168.0.0/24 }')).toBe('ip saddr != 192.168.0.0/24');
  });

  it('refuses what it would not run', () => {
    expect(() => parseNftTable('table ip t {\n\tchain c {\n\t\ttcp flags syn drop\n\t}\n}\n')).toThrow(/does not run/);
  });
});
