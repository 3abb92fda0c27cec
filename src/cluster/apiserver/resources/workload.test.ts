import { expect, test } from 'vitest';
import type { Json } from '../../apimachinery/object';
import { Cluster } from '../../cluster';

// The rows follow upstream's own tables: pkg/apis/apps/validation and pkg/apis/core/validation, validation_test.go.

const { api } = new Cluster();
const causes = (path: string, body: Json): string[] => {
  const { status, body: answer } = api.handle({ method: 'POST', path, query: { dryRun: 'All' }, body });
  if (status === 201) return [];
  return (answer.details?.causes ?? [answer]).map(({ field = '', message }: Json) => `${field}: ${message}`);
};
const selector = { matchLabels: { a: 'b' } };
const pod = (container: Json = {}, spec: Json = {}) => ({ containers: [{ name: 'c', image: 'nginx', ...container }], ...spec });
const template = { metadata: { labels: { a: 'b' } }, spec: pod() };

test.each<[string, Json, string[]]>([
  ['nothing wrong', { selector, template }, []],
  [
    'a rollout that cannot move',
    { selector, template, strategy: { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } } },
    ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'],
  ],
  [
    'more than all, and less than none',
    { selector, template, strategy: { rollingUpdate: { maxSurge: -1, maxUnavailable: '120%' } } },
    [
      'spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0',
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "120%": must not be greater than 100%',
    ],
  ],
  [
    'Recreate with a rolling update',
    { selector, template, strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
    ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
  ],
  [
    'a deadline that comes too early',
    { selector, template, minReadySeconds: 600 },
    ['spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds'],
  ],
  [
    'pods that do not start again',
    { selector, template: { ...template, spec: pod({}, { restartPolicy: 'Never' }) } },
    ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
  ],
  [
    'a selector that says too little',
    { selector: { matchExpressions: [{ key: 'a', operator: 'In' }] }, template },
    [
      "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      'spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"In"}]}: invalid label selector',
    ],
  ],
])('a Deployment with %s', (_, spec, wanted) => {
  expect(causes('/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'd' }, spec })).toEqual(wanted);
});

test.each<[string, Json, string[]]>([
  ['nothing wrong', pod({ livenessProbe: { httpGet: { port: 80 } }, resources: { limits: { cpu: 1 } } }), []],
  [
    'a quantity that is none',
    pod({ resources: { requests: { cpu: 'abc' } } }),
    [
      ': Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
    ],
  ],
  [
    'more asked for than allowed',
    pod({ resources: { requests: { cpu: '2', memory: '-1' }, limits: { cpu: '1500m' } } }),
    [
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1500m',
      'spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0',
    ],
  ],
  [
    'a probe that does nothing',
    pod({ readinessProbe: {} }),
    ['spec.containers[0].readinessProbe: Required value: must specify a handler type'],
  ],
  [
    'probes that are wrong in several ways',
    pod({ livenessProbe: { httpGet: { port: 0 }, exec: { command: ['ls'] }, successThreshold: 2, periodSeconds: -1 } }),
    [
      'spec.containers[0].livenessProbe.httpGet: Forbidden: may not specify more than 1 handler type',
      'spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
  ],
  [
    'a variable of two sources, and a mount of nothing',
    pod({
      env: [{ name: 'A', value: 'x', valueFrom: { configMapKeyRef: { name: 'm', key: 'k' } } }],
      volumeMounts: [{ name: 'v', mountPath: '/x' }],
    }),
    [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ],
  ],
  [
    'a policy of no kind',
    pod({}, { dnsPolicy: 'X' }),
    ['spec.dnsPolicy: Unsupported value: "X": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"'],
  ],
])('a Pod with %s', (_, spec, wanted) => {
  expect(causes('/api/v1/namespaces/default/pods', { metadata: { name: 'p' }, spec })).toEqual(wanted);
});

test('what is created names its owner in full', () => {
  const create = (metadata: Json) =>
    api.handle({ method: 'POST', path: '/api/v1/namespaces/default/configmaps', body: { metadata: { name: 'm', ...metadata } } });
  expect(create({ ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'x' }] }).body.message).toBe(
    'ConfigMap "m" is invalid: metadata.ownerReferences.uid: Invalid value: "": must not be empty',
  );
});

test('kinds without fields of their own to select by say so', () => {
  const message = (path: string) => api.handle({ method: 'GET', path, query: { fieldSelector: 'a=b' } }).body.message as string;
  expect(message('/api/v1/services')).toBe('field label not supported: a');
  expect(message('/api/v1/configmaps')).toBe('"a" is not a known field selector: only "metadata.name", "metadata.namespace"');
});
