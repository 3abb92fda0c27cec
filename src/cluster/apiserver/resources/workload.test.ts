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
const term = { labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }, topologyKey: 'zone' };
const documented = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }],
    },
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'NotIn', values: ['hdd'] }] } },
    ],
  },
  podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
  podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
};
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
  [
    'an affinity that nothing can have',
    pod(
      {},
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: 'zone', operator: 'In' },
                    { key: 'cpus', operator: 'Gt', values: ['1', '2'] },
                  ],
                },
                { matchFields: [{ key: 'metadata.uid', operator: 'Exists' }] },
              ],
            },
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 0, preference: { matchExpressions: [{ key: 'a b', operator: 'In', values: ['-x-'] }] } },
            ],
          },
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ namespaces: ['A'], matchLabelKeys: ['app'], topologyKey: '' }],
          },
        },
      },
    ),
    [
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[1].matchFields[0].operator: Invalid value: "Exists": not a valid selector operator',
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[1].matchFields[0].key: Invalid value: "metadata.uid": not a valid field selector key',
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100',
      "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].key: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must be non-empty',
      "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  ['affinities that the documentation shows', pod({}, { affinity: documented }), []],
  [
    'variables from fields that no variable may have',
    pod({
      env: [
        { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.whoops' } } },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } },
        { name: 'C', valueFrom: { fieldRef: { fieldPath: "metadata.name['key']" } } },
        { name: 'D', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
        { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.disk' } } },
        { name: 'F', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } } },
        { name: 'G', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
      ],
      envFrom: [{ prefix: 'A=' }, { configMapRef: { name: 'm' }, secretRef: { name: 's' } }, { secretRef: { name: 's-' } }],
    }),
    [
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.whoops": error converting fieldPath: field label not supported: metadata.whoops',
      'spec.containers[0].env[1].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
      "spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.name['key']\": error converting fieldPath: field label does not support subscript: metadata.name['key']",
      'spec.containers[0].env[4].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.disk": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
      'spec.containers[0].env[5].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
      'spec.containers[0].envFrom[0].prefix: Invalid value: "A=": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
      'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
      'spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time',
    ],
  ],
  [
    'security that contradicts itself',
    pod(
      {
        securityContext: {
          privileged: true,
          allowPrivilegeEscalation: false,
          procMount: 'Unmasked',
          seccompProfile: { type: 'X' },
        },
      },
      {
        hostNetwork: true,
        securityContext: {
          supplementalGroups: [1, -1],
          sysctls: [{ name: 'net.core.somaxconn', value: '1' }, { name: 'A' }],
          fsGroupChangePolicy: 'Never',
          seccompProfile: { type: 'Localhost' },
          appArmorProfile: { type: 'RuntimeDefault', localhostProfile: 'x' },
        },
      },
    ),
    [
      'spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
      'spec.containers[0].securityContext.seccompProfile.type: Unsupported value: "X": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
      'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":"Unmasked","SeccompProfile":{"Type":"X","LocalhostProfile":null},"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      'spec.securityContext.supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive',
      'spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when \'hostNetwork\' is true',
      'spec.securityContext.sysctls[1].name: Invalid value: "A": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      'spec.securityContext.fsGroupChangePolicy: Unsupported value: "Never": supported values: "Always", "OnRootMismatch"',
      'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
      'spec.securityContext.appArmorProfile.localhostProfile: Invalid value: "x": can only be set when AppArmor type is Localhost',
    ],
  ],
  [
    'security that is strict',
    pod(
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          runAsNonRoot: true,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
      { securityContext: { runAsUser: 101, fsGroup: 101, sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] } },
    ),
    [],
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
