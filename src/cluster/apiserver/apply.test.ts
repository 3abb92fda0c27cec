import { expect, it } from 'vitest';
import { Cluster } from '../cluster';
import type { Json } from '../apimachinery/object';

const PATH = '/api/v1/namespaces/default/services/web';

function service(ports: Json[], labels?: Json): Json {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', ...(labels && { labels }) }, spec: { ports } };
}

function world() {
  const { api } = new Cluster();
  const apply = (fieldManager: string, body: Json, force = 'false') =>
    api.handle({
      method: 'PATCH',
      path: PATH,
      query: { fieldManager, force },
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body,
    });
  const get = () => api.handle({ method: 'GET', path: PATH }).body;
  return { api, apply, get };
}

it('makes what is not there, and changes nothing the second time', () => {
  const { apply } = world();
  const first = apply('a', service([{ port: 80 }]));
  expect(first.status).toBe(201);
  expect(first.body.metadata.managedFields).toMatchObject([
    {
      manager: 'a',
      operation: 'Apply',
      fieldsV1: { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } } } },
    },
  ]);
  const second = apply('a', service([{ port: 80 }]));
  expect(second.status).toBe(200);
  expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
});

it('refuses what another manager owns, unless forced', () => {
  const { apply } = world();
  apply('a', service([{ port: 80, targetPort: 8080 }]));
  const refused = apply('b', service([{ port: 80, targetPort: 9090 }]));
  expect(refused.status).toBe(409);
  expect(refused.body.message).toBe(
    'Apply failed with 1 conflict: conflict with "a": .spec.ports[port=80,protocol="TCP"].targetPort',
  );
  const forced = apply('b', service([{ port: 80, targetPort: 9090 }]), 'true');
  expect(forced.body.spec.ports[0].targetPort).toBe(9090);
});

it('removes what its manager no longer applies and nobody else has', () => {
  const { apply, get } = world();
  apply('a', service([{ port: 80 }], { x: '1', y: '2' }));
  apply('b', service([{ port: 80 }], { x: '1' }));
  apply('a', service([{ port: 80 }]));
  expect(get().metadata.labels).toEqual({ x: '1' });
});

it('tells which field the schema does not have', () => {
  const { apply } = world();
  const { status, body } = apply('a', { ...service([{ port: 80 }]), spec: { foo: 1 } });
  expect(status).toBe(500);
  expect(body.message).toBe(
    'failed to create typed patch object (default/web; /v1, Kind=Service): .spec.foo: field not declared in schema',
  );
});

it('an update takes over the fields it changes', () => {
  const { api, apply, get } = world();
  apply('a', service([{ port: 80 }], { x: '1' }));
  api.handle({
    method: 'PATCH',
    path: PATH,
    query: { fieldManager: 'kubectl-label' },
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { metadata: { labels: { x: '2' } } },
  });
  const owners = get().metadata.managedFields.filter((entry: Json) => entry.fieldsV1['f:metadata']?.['f:labels']?.['f:x']);
  expect(owners.map((entry: Json) => entry.manager)).toEqual(['kubectl-label']);
});

it('keeps ten managers by updates apart and gives what was there before to one of its own', () => {
  const { api, apply, get } = world();
  api.handle({ method: 'POST', path: PATH.replace('/web', ''), body: service([{ port: 80 }]) });
  const label = (manager: string, value: Json) =>
    api.handle({
      method: 'PATCH',
      path: PATH,
      query: { fieldManager: manager },
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { metadata: value },
    });
  for (let n = 0; n < 12; n++) label(`m${n}`, { labels: { [`l${n}`]: 'x' } });
  const updaters = get().metadata.managedFields.map((entry: Json) => entry.manager);
  expect(updaters).toHaveLength(10);
  expect(updaters).toContain('ancient-changes');
  label('reset', { managedFields: [{}] });
  expect(get().metadata.managedFields).toBeUndefined();
  apply('a', service([{ port: 80 }], { l0: 'x' }));
  expect(get().metadata.managedFields).toMatchObject([
    { manager: 'a', operation: 'Apply' },
    { manager: 'before-first-apply', operation: 'Update' },
  ]);
});

it('gives no time to a manager that has taken over what is there as it is', () => {
  const { apply } = world();
  apply('a', service([{ port: 80 }]));
  const { managedFields } = apply('b', service([{ port: 80 }])).body.metadata;
  expect(managedFields.map(({ manager, time }: Json) => [manager, time !== undefined])).toEqual([
    ['b', false],
    ['a', true],
  ]);
});
