import { expect, test } from 'vitest';
import { Cluster } from '../cluster';

const path = '/api/v1/services';

test('pages of a list come one after another and hold everything once', () => {
  const { api, client } = new Cluster();
  for (const name of ['a', 'b', 'c'])
    client.create('services', { metadata: { name, namespace: 'default' }, spec: { ports: [{ port: 80 }] } });
  const all: string[] = api
    .handle({ method: 'GET', path })
    .body.items.map((item: { metadata: { name: string } }) => item.metadata.name);
  const seen: string[] = [];
  let next = '';
  do {
    const { body } = api.handle({ method: 'GET', path, query: { limit: '2', ...(next && { continue: next }) } });
    seen.push(...body.items.map((item: { metadata: { name: string } }) => item.metadata.name));
    next = body.metadata.continue ?? '';
    if (next) expect(body.metadata.remainingItemCount).toBe(all.length - seen.length);
  } while (next);
  expect(seen).toEqual(all);
});

test.each(['x', '!!', 'e30', btoa('{"v":"meta.k8s.io/v1","start":"/a"}').replace(/=+$/, '')])('refuses the token %s', (token) => {
  const { status, body } = new Cluster().api.handle({ method: 'GET', path, query: { limit: '2', continue: token } });
  expect(status).toBe(400);
  expect(body.message).toMatch(/^invalid continue token: continue key is not valid: /);
});
