import fc from 'fast-check';
import { expect, it } from 'vitest';
import { playgroundDefaults, playgroundName, playgroundOptions } from '../../lab/scenarios/playground';
import { fromQuery, toQuery } from './query';

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(
      fc.record({
        nodes: fc.integer({ min: 1, max: 20 }),
        cloud: fc.constantFrom('openstack', 'metallb', 'none'),
        proxyMode: fc.constantFrom('iptables', 'nftables'),
        addons: fc.boolean(),
        seed: fc.integer({ min: 1, max: 999_999 }),
      }),
      (options) => {
        expect(fromQuery(toQuery(options))).toEqual(options);
      },
    ),
  );
  expect(toQuery(playgroundDefaults)).toBe('');
});

it('gives a valid cluster for any address', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('nodes', 'cloud', 'proxy', 'dns', 'seed', 'x'), fc.string()), (query) => {
      const options = fromQuery(`?${new URLSearchParams(query).toString()}`);
      expect(playgroundOptions(playgroundName(options))).toEqual(options);
    }),
  );
  expect(fromQuery('?nodes=99&cloud=aws&proxy=nftables&seed=-1')).toEqual({ ...playgroundDefaults, proxyMode: 'nftables' });
});
