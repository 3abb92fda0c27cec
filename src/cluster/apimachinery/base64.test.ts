import { expect, it } from 'vitest';
import { base64Fault } from './base64';

// what encoding/base64 of Go 1.25 says to these
it.each<[string, number | undefined]>([
  ['', undefined],
  ['YQ==', undefined],
  ['YWI=', undefined],
  ['YW\nJj\n', undefined],
  ['not base64!', 3],
  ['YWJj!', 4],
  ['YW', 0],
  ['YWJjZ', 4],
  ['YQ=', 3],
  ['YQ=a', 2],
  ['YQ==YQ==', 4],
  ['=', 0],
  ['Y===', 1],
])('%j', (text, fault) => {
  expect(base64Fault(text)).toBe(fault);
});
