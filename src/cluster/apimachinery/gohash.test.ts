import { describe, expect, it } from 'vitest';
import { fnv128a, goText } from './gohash';

describe('hashes of Go values', () => {
  it('is FNV-1a with 128 bits', () => {
    // the values of Go's hash/fnv tests
    expect(fnv128a('')).toBe('6c62272e07bb014262b821756295c58d');
    expect(fnv128a('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
    expect(fnv128a('ab')).toBe('08809544bbab1be95aa0733055b69a62');
    expect(fnv128a('abc')).toBe('a68d622cec8b5822836dbc7977af7f3b');
  });

  it('prints as spew does', () => {
    const port = {
      Name: { type: '*string', value: 'http' },
      Port: { type: '*int32', value: 80 },
      AppProtocol: { type: '*string', value: undefined },
    };
    expect(goText({ type: 'v1.EndpointPort', value: port })).toBe(
      '(v1.EndpointPort){Name:(*string)http Port:(*int32)80 AppProtocol:(*string)<nil>}',
    );
    expect(goText({ type: '[]string', value: [{ type: 'string', value: 'a' }] })).toBe('([]string)[a]');
  });
});
