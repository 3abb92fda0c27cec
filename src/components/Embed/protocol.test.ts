import { describe, expect, it } from 'vitest';
import { readMessage } from './protocol';

const signed = { source: 'packet-to-pod', version: 1 };

describe('messages to an embed', () => {
  it('are understood when they are documented', () => {
    expect(readMessage({ ...signed, type: 'hello' })).toEqual({ type: 'hello' });
    expect(readMessage({ ...signed, type: 'theme', theme: 'dark' })).toEqual({ type: 'theme', theme: 'dark' });
  });

  it.each([
    null,
    'hello',
    [],
    [signed],
    {},
    signed,
    { ...signed, version: 2, type: 'hello' },
    { ...signed, source: 'else', type: 'hello' },
    { ...signed, type: 'hello', command: 'kubectl delete pods --all' },
    { ...signed, type: 'theme' },
    { ...signed, type: 'theme', theme: 'url(javascript:alert(1))' },
    { ...signed, type: 'theme', theme: 'dark', extra: 1 },
    { ...signed, type: 'run', line: 'kubectl delete pods --all' },
    { ...signed, type: '__proto__' },
  ])('are ignored otherwise: %j', (data) => expect(readMessage(data)).toBeUndefined());
});
