import { expect, it } from 'vitest';
import { changesBetween } from './changes';

it('tells what is added, taken away and changed', () => {
  const before = {
    metadata: { labels: { 'a/b': 'c' } },
    spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }], x: [] },
  };
  const after = { metadata: {}, spec: { type: 'ClusterIP', ports: [{ port: 80 }, { port: 81 }], x: [] } };
  expect(changesBetween(before, after)).toEqual([
    { path: 'metadata.labels[a/b]', before: 'c' },
    { path: 'spec.type', before: 'NodePort', after: 'ClusterIP' },
    { path: 'spec.ports[0].nodePort', before: '30000' },
    { path: 'spec.ports[1].port', after: '81' },
  ]);
});

it('knows items by their names, so that one more in front changes no other', () => {
  const http = { name: 'http', port: 80 };
  expect(changesBetween({ ports: [http] }, { ports: [{ name: 'dns', port: 53 }, http] })).toEqual([
    { path: 'ports[dns].name', after: 'dns' },
    { path: 'ports[dns].port', after: '53' },
  ]);
  expect(changesBetween({ ports: [http] }, { ports: [http] })).toEqual([]);
});
