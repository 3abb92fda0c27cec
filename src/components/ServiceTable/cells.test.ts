import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../cluster/apimachinery/object';
import { ageText, serviceRow } from './cells';
import { explain } from './explain';

const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'test', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-11-22T08:00:00Z' },
  spec: {
    type: 'LoadBalancer',
    clusterIP: '10.96.62.1',
    ports: [
      { name: 'http1', port: 30080, nodePort: 30352, targetPort: 5000, protocol: 'TCP' },
      { name: 'http2', port: 30081, nodePort: 31824, targetPort: 5000, protocol: 'TCP' },
    ],
  },
  status: { loadBalancer: {} },
};
const row = serviceRow(service, Date.parse('2026-11-22T08:00:05Z'));

describe('serviceRow', () => {
  it('prints what kubectl prints', () => {
    expect(
      [row.name, row.type, row.clusterIP, row.externalIP, row.ports].map((cell) => cell.map((piece) => piece.text).join('')),
    ).toEqual(['test', 'LoadBalancer', '10.96.62.1', '<pending>', '30080:30352/TCP,30081:31824/TCP']);
    expect(row.age).toBe('5s');
  });

  it('explains each part of PORT(S) from the object', () => {
    const second = row.ports.find((piece) => piece.text === '31824')!;
    expect(explain(service, second)?.field).toBe('spec.ports[1].nodePort: 31824 → targetPort: 5000');
    expect(
      explain(
        service,
        row.ports.find((piece) => piece.text === ':')!,
      ),
    ).toBeUndefined();
  });
});

describe('ageText', () => {
  it.each([
    [119_000, '119s'],
    [120_000, '2m'],
    [150_000, '2m30s'],
    [10 * 60_000, '10m'],
    [3 * 3_600_000, '3h'],
    [3.5 * 3_600_000, '3h30m'],
    [50 * 3_600_000, '2d2h'],
  ])('%i ms is %s', (milliseconds, text) => expect(ageText(milliseconds)).toBe(text));
});
