import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { ApiRequest } from '../../src/cluster/apiserver/rest';
import { Terminal } from './terminal';

/** Enough to find what is found at all, quickly enough for every commit. */
const runs = (numRuns: number) => ({ numRuns, seed: 20261122 });
const timeout = 60_000;

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', ''),
);

/** Strings made of pieces of a language, in an order that it may not have. */
const soup = (pieces: readonly string[], maxLength: number) =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: text }), { maxLength })
    .map((parts) => parts.join(''));

const jsonpath = soup(
  [
    '{',
    '}',
    '.',
    '..',
    '[',
    ']',
    '*',
    '?(',
    '@',
    ')',
    '==',
    '>',
    "'",
    '"',
    'items',
    'metadata',
    'name',
    '0',
    '-1',
    ':',
    ',',
    'range ',
    'end',
    '$',
    '\\',
    '&&',
    ' ',
  ],
  14,
);
const template = soup(
  [
    '{{',
    '}}',
    '.',
    'items',
    'metadata',
    'range ',
    'end',
    'if ',
    'else',
    'with ',
    'index ',
    'len ',
    'printf ',
    '"%s"',
    '$x',
    ':=',
    '|',
    '(',
    ')',
    '-',
    ' ',
    '0',
    'eq ',
    'slice ',
    'define ',
    'template ',
    'break',
    '`',
    "'a'",
  ],
  14,
);
const yaml = soup(
  [
    'apiVersion: v1\n',
    'kind: Service\n',
    'metadata:\n',
    '  name: a\n',
    'spec:\n',
    '  ports:\n',
    '  - port: 80\n',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    '|\n',
    '>\n',
    '"',
    "'",
    '#',
    '---\n',
    '...\n',
    '\t',
    '\n',
    ' ',
    '? ',
    '%YAML 1.1\n',
    '~',
    '0x1F',
    '1e400',
    'null',
  ],
  16,
);

const words = [
  ...[
    'get',
    'describe',
    'create',
    'apply',
    'delete',
    'patch',
    'label',
    'annotate',
    'expose',
    'scale',
    'rollout',
    'set',
    'run',
    'explain',
    'wait',
    'logs',
    'exec',
  ],
  ...[
    'replace',
    'diff',
    'edit',
    'config',
    'version',
    'taint',
    'cordon',
    'drain',
    'events',
    'top',
    'api-resources',
    'autoscale',
    'cp',
    'debug',
    'port-forward',
  ],
  ...[
    'svc',
    'services',
    'deploy',
    'deployment',
    'web',
    'svc/web',
    'deploy/web',
    'pods',
    'nodes',
    'all',
    'svc,pods',
    'nothing',
    'svc/',
    '/web',
    ',',
    '-',
    '--',
  ],
  ...[
    'status',
    'history',
    'undo',
    'image',
    'env',
    'selector',
    'service',
    'nodeport',
    'namespace',
    'view',
    'set-context',
    'current-context',
  ],
  ...[
    '-o',
    'yaml',
    'json',
    'wide',
    'name',
    '-l',
    'app=web',
    '-n',
    'default',
    '-A',
    '-f',
    'x.yaml',
    '--all',
    '--dry-run=client',
    '--dry-run=server',
    '--sort-by=.x',
    '-w',
  ],
  ...[
    '--port=80',
    '--replicas=2',
    '--type=merge',
    '-p',
    '{}',
    'a=b',
    'a-',
    '--for=condition=Ready',
    '--for=delete',
    '--revision=1',
    '--tcp=80',
    '--image=nginx',
  ],
  ...[
    '--overrides={}',
    '--field-selector=a=b',
    '--show-labels',
    '--no-headers',
    '-L',
    '--local',
    '--list',
    '--timeout=1s',
    '--context',
    'x',
    '-c',
    '--from-literal=a=b',
  ],
];
const args = fc.array(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: text }), {
  maxLength: 8,
});

describe('no input makes an uncaught error', () => {
  const terminal = new Terminal();

  it(
    'jsonpath',
    () => {
      fc.assert(
        fc.property(jsonpath, (path) => void terminal.kubectl(['get', 'svc', '-o', `jsonpath=${path}`])),
        runs(3000),
      );
    },
    timeout,
  );

  it(
    'go-template',
    () => {
      fc.assert(
        fc.property(template, (source) => void terminal.kubectl(['get', 'svc', 'web', '-o', `go-template=${source}`])),
        runs(3000),
      );
    },
    timeout,
  );

  it(
    'custom columns and sorting',
    () => {
      fc.assert(
        fc.property(
          jsonpath,
          jsonpath,
          (path, key) => void terminal.kubectl(['get', 'svc', '-o', `custom-columns=A:${path}`, `--sort-by=${key}`]),
        ),
        runs(1500),
      );
    },
    timeout,
  );

  it(
    'YAML',
    () => {
      fc.assert(
        fc.property(yaml, (source) => void terminal.kubectl(['apply', '--dry-run=server', '-f', 'x.yaml'], { 'x.yaml': source })),
        runs(3000),
      );
    },
    timeout,
  );

  it(
    'JSON',
    () => {
      const source = fc.oneof(
        fc.json({ maxDepth: 4 }),
        soup(['{', '}', '[', ']', '"a"', ':', ',', '1', 'null', 'true', '-', '"kind":"Service"', '"apiVersion":"v1"'], 12),
      );
      fc.assert(
        fc.property(source, (json) => void terminal.kubectl(['create', '--dry-run=server', '-f', 'x.json'], { 'x.json': json })),
        runs(1500),
      );
      for (const type of ['json', 'merge', 'strategic']) {
        fc.assert(
          fc.property(source, (patch) => void terminal.kubectl(['patch', 'svc', 'web', `--type=${type}`, '-p', patch])),
          runs(800),
        );
      }
    },
    timeout,
  );

  it(
    'selectors',
    () => {
      const selector = soup(['a', '=', '==', '!=', '!', ' in ', ' notin ', '(', ')', ',', 'b', '>', '<', '1', ' '], 10);
      fc.assert(
        fc.property(
          selector,
          selector,
          (label, field) => void terminal.kubectl(['get', 'svc', '-l', label, `--field-selector=${field}`]),
        ),
        runs(2000),
      );
    },
    timeout,
  );

  it(
    'commands and flags',
    () => {
      fc.assert(
        fc.property(
          args,
          (list) =>
            void new Terminal().kubectl(list, {
              'x.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n',
            }),
        ),
        runs(1500),
      );
    },
    timeout,
  );
});

/** An object that is nearly one of the server's. */
const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1, 80, 1.5, 2 ** 40, '', 'a', 'web', '10.96.0.5', 'TCP', 'NodePort', 'None', [], {}),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'ports',
        'port',
        'targetPort',
        'nodePort',
        'name',
        'selector',
        'type',
        'clusterIP',
        'clusterIPs',
        'spec',
        'template',
        'containers',
        'labels',
        'metadata',
        'matchLabels',
        'replicas',
        'endpoints',
        'addresses',
        'subsets',
        'conditions',
        '__proto__',
        'image',
      ),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

const kinds = {
  services: 'Service',
  pods: 'Pod',
  endpoints: 'Endpoints',
  namespaces: 'Namespace',
  nodes: 'Node',
  events: 'Event',
  configmaps: 'ConfigMap',
};
const request: fc.Arbitrary<ApiRequest> = fc
  .record({
    method: fc.constantFrom<ApiRequest['method']>('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    root: fc.constantFrom('/api/v1', '/apis/apps/v1', '/apis/discovery.k8s.io/v1', '/apis', '', '/api/v2', '/openapi/v3'),
    namespace: fc.constantFrom('', '/namespaces/default', '/namespaces/nothing', '/namespaces/%zz', '/namespaces'),
    resource: fc.constantFrom(...Object.keys(kinds), 'deployments', 'replicasets', 'endpointslices', 'nothing', '__proto__', ''),
    name: fc.constantFrom('', '/web', '/nothing', '/kubernetes', '/a%2Fb', '/toString'),
    subresource: fc.constantFrom('', '', '', '/status', '/scale', '/log', '/exec', '/eviction', '/binding', '/nothing'),
    query: fc.dictionary(
      fc.constantFrom(
        'labelSelector',
        'fieldSelector',
        'limit',
        'continue',
        'dryRun',
        'fieldManager',
        'fieldValidation',
        'resourceVersion',
        'watch',
        'force',
        'propagationPolicy',
      ),
      fc.oneof(fc.constantFrom('All', 'Strict', '1', '-1', 'x', 'a=b', 'metadata.name=web', 'true', 'Orphan'), text),
      { maxKeys: 3 },
    ),
    type: fc.constantFrom(
      'application/json',
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/strategic-merge-patch+json',
      'application/apply-patch+yaml',
      'text/plain',
    ),
    accept: fc.constantFrom(
      'application/json',
      'application/json;as=Table;v=v1;g=meta.k8s.io',
      'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
      'x',
    ),
    metadata: fc.oneof(fc.constantFrom({ name: 'web' }, { name: 'a' }, { generateName: 'a-' }, {}), value),
    spec: value,
    raw: fc.option(value, { freq: 5 }),
  })
  .map(({ method, root, namespace, resource, name, subresource, query, type, accept, metadata, spec, raw }) => {
    const kind = kinds[resource as keyof typeof kinds] ?? 'Deployment';
    return {
      method,
      path: `${root}${namespace}/${resource}${name}${subresource}`,
      query,
      headers: { 'content-type': type, accept },
      body: raw ?? { apiVersion: root === '/api/v1' ? 'v1' : root.slice(6), kind, metadata, spec },
    };
  });

describe('no request makes an uncaught error', () => {
  it(
    'REST',
    () => {
      const terminal = new Terminal();
      fc.assert(
        fc.property(request, (one) => {
          const response = terminal.cluster.api.handle(one);
          if (!(response.status >= 200 && response.status < 600) || response.body === undefined) throw new Error('no answer');
          if (response.status >= 400 && response.body.kind !== 'Status') throw new Error('an error that is no Status');
          const watch = terminal.cluster.api.watch({ ...one, method: 'GET' }, () => undefined);
          if ('stop' in watch) watch.stop();
        }),
        runs(6000),
      );
      terminal.cluster.settle();
    },
    timeout,
  );
});
