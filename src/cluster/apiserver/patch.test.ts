import { expect, it } from 'vitest';
import { Cluster } from '../cluster';
import type { Json } from '../apimachinery/object';

const PATH = '/api/v1/namespaces/default/services/kubernetes';

const patch = (type: string, body: Json, fieldValidation = 'Strict') =>
  new Cluster().api.handle({
    method: 'PATCH',
    path: PATH,
    query: { fieldValidation },
    headers: { 'content-type': `application/${type}+json` },
    body,
  });

it('says of a JSON patch that cannot be carried out only that it is at fault', () => {
  const { status, body } = patch('json-patch', [{ op: 'remove', path: '/metadata/labels/nope' }]);
  expect(status).toBe(422);
  expect(body).toMatchObject({ reason: 'Invalid', message: 'the server rejected our request due to an error in our request' });
});

it('shows a strategic patch whose result is no Service as Go prints maps', () => {
  const { body } = patch('strategic-merge-patch', { spec: { ports: 'x' } });
  expect(body.details.causes[0].message).toBe('Invalid value: "map[spec:map[ports:x]]": cannot restore slice from string');
});

it('refuses, warns of or drops unknown fields', () => {
  expect(patch('merge-patch', { spec: { foo: 1 } }).status).toBe(422);
  expect(patch('merge-patch', { spec: { foo: 1 } }, 'Warn').warnings).toEqual(['unknown field "spec.foo"']);
  expect(patch('merge-patch', { spec: { foo: 1 } }, 'Ignore')).not.toHaveProperty('warnings');
});
