import { describe, expect, it, test } from 'vitest';
import { Cluster } from '../cluster';
import type { WatchEvent } from './rest';

const path = '/api/v1/namespaces/default/configmaps';

function world() {
  const cluster = new Cluster();
  cluster.settle();
  const { api, client } = cluster;
  const list = (query: Record<string, string> = {}) => api.handle({ method: 'GET', path, query });
  const version = (): string => list().body.metadata.resourceVersion;
  const write = (name: string, label: string) => {
    const metadata = { name, namespace: 'default', labels: { is: label } };
    if (client.get('configmaps', 'default', name)) client.update('configmaps', { metadata });
    else client.create('configmaps', { metadata });
  };
  const watch = (query: Record<string, string>) => {
    const events: WatchEvent[] = [];
    const handle = api.watch({ method: 'GET', path, query: { watch: 'true', ...query } }, (event) => events.push(event));
    const told = () =>
      events
        .splice(0)
        .map(({ type, object }) => `${type} ${object.metadata.name ?? ''} ${object.metadata.labels?.is ?? ''}`.trim());
    return { handle, events, told };
  };
  return { cluster, client, list, version, write, watch };
}

describe('a watch from an older version', () => {
  it('tells what happened since, also what is gone', () => {
    const { client, version, write, watch } = world();
    const before = version();
    write('a', 'old');
    write('a', 'new');
    write('b', 'old');
    client.delete('configmaps', 'default', 'b');
    expect(watch({ resourceVersion: before }).told()).toEqual(['ADDED a old', 'MODIFIED a new', 'ADDED b old', 'DELETED b old']);
    // what stops to match is told as it was when it still did, under the version of the change
    const { events } = watch({ resourceVersion: before, labelSelector: 'is=old', fieldSelector: 'metadata.name=a' });
    expect(events.map(({ type, object }) => [type, object.metadata.labels?.is])).toEqual([
      ['ADDED', 'old'],
      ['DELETED', 'old'],
    ]);
    expect(events[1]!.object.metadata.resourceVersion).toBe(client.get('configmaps', 'default', 'a')!.metadata.resourceVersion);
  });

  it('is refused in the stream when the version is forgotten', () => {
    const { cluster, version, write, watch } = world();
    const before = version();
    cluster.advance(80_000);
    for (let i = 0; i < 60; i++) write(`a${i}`, 'x');
    cluster.advance(80_000);
    for (let i = 0; i < 60; i++) write(`a${i}`, 'y');
    const { events, told } = watch({ resourceVersion: before });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 },
    });
    expect((events[0]!.object as unknown as { message: string }).message).toMatch(
      new RegExp(`^too old resource version: ${before} \\(\\d+\\)$`),
    );
    told();
    write('later', 'x');
    expect(told()).toEqual([]);
  });

  it('waits for a version that is not there yet', () => {
    const { version, write, watch } = world();
    const { told } = watch({ resourceVersion: String(Number(version()) + 1) });
    write('a', 'x');
    write('b', 'x');
    expect(told()).toEqual(['ADDED b x']);
  });
});

describe('bookmarks', () => {
  it('end the initial events, then come each minute and two seconds before the end', () => {
    const { cluster, write, watch, version } = world();
    write('a', 'x');
    const { events } = watch({ allowWatchBookmarks: 'true', timeoutSeconds: '100', fieldSelector: 'metadata.name=a' });
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1]!.object).toEqual({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { resourceVersion: version(), annotations: { 'k8s.io/initial-events-end': 'true' } },
    });
    const at = (milliseconds: number) => {
      cluster.advance(milliseconds);
      return events.length - 2;
    };
    expect([at(59_000), at(2000), at(36_000), at(2000), at(120_000)]).toEqual([0, 1, 1, 2, 2]);
    expect(events[2]!.object.metadata.annotations).toBeUndefined();
  });

  it('are not sent to who did not ask', () => {
    const { cluster, watch } = world();
    const { told } = watch({
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      fieldSelector: 'metadata.name=none',
    });
    cluster.advance(120_000);
    expect(told()).toEqual([]);
  });
});

describe('a list of an older version', () => {
  it('is what was there then', () => {
    const { client, list, version, write } = world();
    write('a', 'old');
    write('b', 'old');
    const before = version();
    write('a', 'new');
    write('c', 'new');
    client.delete('configmaps', 'default', 'b');
    const { body } = list({ resourceVersion: before, resourceVersionMatch: 'Exact', labelSelector: 'is' });
    const shown = body.items.map(({ metadata }: WatchEvent['object']) => `${metadata.name} ${metadata.labels?.is}`);
    expect(shown).toEqual(['a old', 'b old']);
    expect(body.metadata.resourceVersion).toBe(before);
    expect(list({ resourceVersion: before }).body.metadata.resourceVersion).toBe(version());
  });

  it('goes on with what was there at its first page, and says when that is forgotten', () => {
    const { cluster, client, list, write } = world();
    for (const name of ['a', 'b', 'c']) write(name, 'x');
    const first = list({ limit: '2', labelSelector: 'is' }).body;
    client.delete('configmaps', 'default', 'c');
    const names = (answer: ReturnType<typeof list>) =>
      answer.body.items.map(({ metadata }: WatchEvent['object']) => metadata.name);
    const query = { limit: '2', labelSelector: 'is', continue: first.metadata.continue };
    expect(names(list(query))).toEqual(['c']);
    cluster.advance(11 * 60_000);
    const { status, body } = list(query);
    expect([status, body.reason]).toEqual([410, 'Expired']);
    expect(names(list({ ...query, continue: body.metadata.continue }))).toEqual([]);
  });
});

const newest = /^Timeout: Too large resource version: 99999, current: \d+$/;
const forbidden = (field: string, why: string) => `ListOptions.meta.k8s.io "" is invalid: ${field}: Forbidden: ${why}`;

test.each<[Record<string, string>, number, string | RegExp]>([
  [{ resourceVersion: '99999' }, 504, newest],
  [{ resourceVersion: '99999', resourceVersionMatch: 'Exact' }, 504, newest],
  [
    { resourceVersion: 'x' },
    400,
    'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ],
  [{ limit: 'x' }, 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [
    { resourceVersionMatch: 'Exact' },
    422,
    forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
  ],
  [
    { resourceVersionMatch: 'Exact', resourceVersion: '0' },
    422,
    forbidden('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
  ],
  [{ sendInitialEvents: 'true' }, 422, forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list')],
  [
    { watch: 'true', sendInitialEvents: 'true' },
    422,
    forbidden('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
  ],
  [
    { watch: 'true', resourceVersion: 'x' },
    500,
    'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ],
])('%o is refused', (query, status, message) => {
  const { list, watch } = world();
  const answer = query.watch ? watch(query).handle : list(query);
  if ('stop' in answer) throw new Error('not refused');
  expect(answer.status).toBe(status);
  if (typeof message === 'string') expect(answer.body.message).toBe(message);
  else expect(answer.body.message).toMatch(message);
});
