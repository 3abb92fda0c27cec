import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { generator } from './generate';

/** `host/path=service:port`, and perhaps `,tls=secret`. */
const RULE = /^([\w*.-]*)(\/.*)=([\w-]+):([\w-]+)(,(tls)=?([\w-]+)?)?/;

export const createIngress = generator({
  name: 'ingress',
  aliases: ['ing'],
  short: 'Create an ingress with the specified name',
  use: 'NAME --rule=host/path=service:port[,tls[=secret]] ',
  flags: [
    flag('annotation', 'array', 'Annotation of the ingress: key=value.'),
    flag('class', 'string', 'Ingress class.'),
    flag('default-backend', 'string', 'Where everything else goes: service:port.'),
    flag('rule', 'array', 'host/path=service:port[,tls=secret]; a path that ends with * is a prefix.'),
  ],
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  resource: 'ingresses',
  anyName: true,
  failure: 'failed to create ingress: ',
  build: ({ flags }, name) => {
    const [rules, given, fallback, className] = [
      flags.list('rule'),
      flags.list('annotation'),
      flags.string('default-backend'),
      flags.string('class'),
    ];
    if (fallback === '' && rules.length === 0)
      throw new KubectlError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    const wrong = rules.find((rule) => !RULE.test(rule));
    if (wrong !== undefined)
      throw new KubectlError(`rule ${wrong} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
    const odd = given.find((text) => !text.includes('='));
    if (odd !== undefined) throw new KubectlError(`annotation ${odd} is invalid and should be in format key=[value]`);
    if (fallback !== '' && fallback.split(':').length !== 2)
      throw new KubectlError('default-backend should be in format servicename:serviceport');
    const annotations = Object.fromEntries(
      given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
    );
    const tls = tlsOf(rules);
    return {
      metadata: { name, ...(given.length > 0 && { annotations }) },
      spec: {
        ...(className && { ingressClassName: className }),
        ...(fallback && { defaultBackend: backend(fallback) }),
        ...(tls.length > 0 && { tls }),
        ...(rules.length > 0 && { rules: rulesOf(rules) }),
      },
      status: { loadBalancer: {} },
    };
  },
});

/** Hosts with TLS, together where they share a secret. */
function tlsOf(rules: readonly string[]): Json[] {
  const entries: Json[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const [, tls, ...rest] = rule.split(',');
    const host = rule.split('/')[0] as string;
    if (tls === undefined || rest.length > 0 || seen.has(host)) continue;
    const secretName = tls.split('=')[1] ?? '';
    const present = entries.find((entry) => (entry.secretName ?? '') === secretName);
    seen.add(host);
    if (present) present.hosts = [...(present.hosts ?? []), host];
    else if (host || secretName) entries.push({ ...(host && { hosts: [host] }), ...(secretName && { secretName }) });
  }
  return entries;
}

/** Rules, with the paths of one host together. */
function rulesOf(rules: readonly string[]): Json[] {
  const result: Json[] = [];
  for (const rule of rules) {
    const text = rule.split(',')[0] as string;
    const slash = text.indexOf('/');
    const host = text.slice(0, slash);
    const [path = '', service = ''] = text.slice(slash).split('=');
    const prefix = path.endsWith('*');
    const entry = {
      path: prefix ? path.slice(0, -1) : path,
      pathType: prefix ? 'Prefix' : 'Exact',
      backend: backend(service),
    };
    const present = result.find((other) => (other.host ?? '') === host);
    if (present) present.http.paths.push(entry);
    else result.push({ ...(host && { host }), http: { paths: [entry] } });
  }
  return result;
}

function backend(text: string): Json {
  const [name, port = ''] = text.split(':');
  const number = /^[-+]?\d+$/.test(port);
  return {
    service: { name, port: number ? (Number(port) === 0 ? {} : { number: Number(port) }) : port === '' ? {} : { name: port } },
  };
}
