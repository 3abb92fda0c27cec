import { expect, test } from 'vitest';
import { Cluster } from '../cluster';

const collection = (version: string) => `/apis/autoscaling/${version}/namespaces/default/horizontalpodautoscalers`;

test('an autoscaler written in autoscaling/v1 is the same in v2 and back', () => {
  const { api } = new Cluster();
  const body = {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3, targetCPUUtilizationPercentage: 60 },
  };
  const created = api.handle({ method: 'POST', path: collection('v1'), body });
  expect(created).toMatchObject({ status: 201, body: { apiVersion: 'autoscaling/v1', spec: { ...body.spec, minReplicas: 1 } } });
  const kept = api.handle({ method: 'GET', path: `${collection('v2')}/web` });
  expect(kept.body.spec.metrics).toEqual([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
  ]);
  const listed = api.handle({ method: 'GET', path: collection('v1') });
  expect(listed.body).toMatchObject({ apiVersion: 'autoscaling/v1', items: [{ spec: { targetCPUUtilizationPercentage: 60 } }] });
});

test('events are served in events.k8s.io too', () => {
  const { api, client } = new Cluster();
  client.create('events', {
    metadata: { name: 'e', namespace: 'default' },
    involvedObject: { kind: 'Pod', name: 'p' },
    reason: 'Pulled',
    message: 'text',
    type: 'Normal',
  });
  const { body } = api.handle({ method: 'GET', path: '/apis/events.k8s.io/v1/namespaces/default/events/e' });
  expect(body).toMatchObject({ apiVersion: 'events.k8s.io/v1', kind: 'Event', regarding: { name: 'p' }, note: 'text' });
});
