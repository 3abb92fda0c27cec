import { stringify } from 'yaml';
import type { Draw } from './draw';
import { hostileNames, names } from './words';

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

const labels = (app: string) => ({ app });
const template = (app: string): Value => ({
  metadata: { labels: labels(app) },
  spec: {
    containers: [
      {
        name: 'web',
        image: 'nginx:1.27',
        ports: [{ name: 'http', containerPort: 80 }],
        env: [{ name: 'A', value: 'b' }],
        readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
        resources: { requests: { cpu: '100m', memory: '64Mi' } },
      },
    ],
    terminationGracePeriodSeconds: 5,
  },
});

/** Documents that a server accepts, by what they are of. */
const sound: readonly ((app: string) => Value)[] = [
  (app) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app },
    spec: { clusterIP: '10.96.0.50', selector: labels(app), ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }),
  (app) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app },
    spec: { selector: labels(app), ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }),
  (app) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, labels: labels(app) },
    spec: {
      type: 'NodePort',
      externalTrafficPolicy: 'Local',
      selector: labels(app),
      ports: [{ port: 80, targetPort: 80, nodePort: 30080, protocol: 'TCP' }],
    },
  }),
  (app) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app },
    spec: {
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      externalIPs: ['203.0.113.9'],
      selector: labels(app),
      ports: [{ port: 80 }],
    },
  }),
  (app) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app },
    spec: { clusterIP: 'None', selector: labels(app), ports: [{ port: 80 }] },
  }),
  (app) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app },
    spec: { type: 'ExternalName', externalName: 'example.com' },
  }),
  (app) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app },
    spec: { replicas: 2, selector: { matchLabels: labels(app) }, strategy: { type: 'RollingUpdate' }, template: template(app) },
  }),
  (app) => ({ apiVersion: 'v1', kind: 'Pod', ...(template(app) as object), metadata: { name: app, labels: labels(app) } }),
  (app) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: app }, data: { key: 'value' } }),
  (app) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: app }, type: 'Opaque', data: { key: 'dmFsdWU=' } }),
  (app) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: app } }),
  (app) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: app },
    subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }],
  }),
  (app) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${app}-1`, labels: { 'kubernetes.io/service-name': app } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.1'], conditions: { ready: true } }],
    ports: [{ port: 80, protocol: 'TCP' }],
  }),
];

const strange: readonly Value[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  80,
  65535,
  65536,
  30080,
  32768,
  1.5,
  1e30,
  2 ** 53,
  '',
  '80',
  'TCP',
  'UDP',
  'SCTP',
  'http',
  'None',
  'Local',
  '10.96.0.1',
  '10.96.0.50',
  '127.0.0.1',
  '::1',
  [],
  {},
  [null],
  [[]],
  { a: null },
  'x'.repeat(300),
];

interface Place {
  holder: Value[] | Record<string, Value>;
  key: string | number;
}

/** Every place in a document: the object or list that holds it, and its key there. */
function places(value: Value): Place[] {
  if (value === null || typeof value !== 'object') return [];
  const own: Place[] = Array.isArray(value)
    ? value.map((_, key) => ({ holder: value, key }))
    : Object.keys(value).map((key) => ({ holder: value, key }));
  return own.flatMap((place) => [place, ...places(at(place))]);
}

const at = ({ holder, key }: Place): Value => (holder as Record<string | number, Value>)[key] ?? null;

/** Changes one place of the document: another value, gone, under another name, or twice. */
function spoil(document: Value, draw: Draw): void {
  const all = places(document);
  const place = draw.from(all);
  const { holder, key } = place;
  const put = (value: Value) => ((holder as Record<string | number, Value>)[key] = value);
  switch (draw.below(6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return;
    case 1:
      put(draw.from(hostileNames));
      return;
    case 2:
      if (Array.isArray(holder)) holder.push(structuredClone(at(place)));
      else
        Object.defineProperty(holder, draw.from(hostileNames), {
          value: at(place),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      return;
    case 3:
      put(structuredClone(at(draw.from(all))));
      return;
    default:
      put(structuredClone(draw.from(strange)));
  }
}

/** Changes the text itself, which may then be no YAML at all. */
function spoilText(text: string, draw: Draw): string {
  const start = draw.below(text.length + 1);
  const inserted = draw.from([
    '\t',
    '  ',
    '- ',
    ': ',
    '---\n',
    '&a ',
    '*a',
    '<<: *a\n',
    '{',
    '[',
    '"',
    "'",
    '|\n',
    '!!binary ',
    '#',
    '\u0000',
    ...hostileNames,
  ]);
  return text.slice(0, start) + (draw.once(2) ? inserted : '') + text.slice(start + draw.below(20));
}

const heavy: readonly ((draw: Draw) => string)[] = [
  () => `a: ${'['.repeat(200)}${']'.repeat(200)}\n`,
  () => `${'{a: '.repeat(5000)}`,
  () => `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: [*a, *a, *a]`).join('\n')}\n`,
  () => ['a: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]`)].join('\n'),
  () => '---\na: 1\n'.repeat(150),
  () => `a: ${'x'.repeat(70_000)}\n`,
  (draw) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${draw.from(names)}}\ndata:\n${Array.from({ length: 2000 }, (_, i) => `  k${i}: v`).join('\n')}\n`,
];

/** A manifest: sound, spoilt in its values, spoilt in its text, or heavy. */
export function manifest(draw: Draw): string {
  if (draw.once(40)) return draw.from(heavy)(draw);
  const documents = Array.from({ length: draw.below(3) + 1 }, () => {
    const document = structuredClone(draw.from(sound)(draw.from(names)));
    for (let left = draw.once(2) ? 0 : draw.below(3) + 1; left > 0; left--) spoil(document, draw);
    return draw.once(4) ? JSON.stringify(document) : stringify(document);
  });
  const text = documents.join('---\n');
  return draw.once(4) ? spoilText(text, draw) : text;
}
