import { goJsonWord } from '../cluster/apimachinery/gojsonerror';
import type { Json } from '../cluster/apimachinery/object';

/** Fields of the kubeconfig's structs by the names of their Go types. Upstream: client-go/tools/clientcmd/api/v1/types.go */
const structs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Config: {
    kind: 'string',
    apiVersion: 'string',
    clusters: '[]v1.NamedCluster',
    users: '[]v1.NamedAuthInfo',
    contexts: '[]v1.NamedContext',
    'current-context': 'string',
  },
  NamedCluster: { name: 'string', cluster: 'v1.Cluster' },
  NamedAuthInfo: { name: 'string', user: 'v1.AuthInfo' },
  NamedContext: { name: 'string', context: 'v1.Context' },
  Cluster: { server: 'string' },
  AuthInfo: { token: 'string', username: 'string', password: 'string', as: 'string' },
  Context: { cluster: 'string', user: 'string', namespace: 'string' },
};

const VERSION_AND_KIND =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
const SCHEME = 'k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50';

/**
 * Why a document is no kubeconfig, as client-go says it; undefined when it is one.
 * Upstream: client-go/tools/clientcmd/loader.go Load, apimachinery/pkg/runtime/serializer/json
 */
export function kubeconfigProblem(document: Json): string | undefined {
  if (document === undefined || document === null) return undefined;
  if (typeof document !== 'object' || Array.isArray(document))
    return `couldn't get version/kind; json parse error: json: cannot unmarshal ${goJsonWord(document)} into Go value of type ${VERSION_AND_KIND}`;
  for (const field of ['apiVersion', 'kind'])
    if (typeof (document[field] ?? '') !== 'string')
      return `couldn't get version/kind; json parse error: json: cannot unmarshal ${goJsonWord(document[field])} into Go struct field .${field} of type string`;
  const { kind = '', apiVersion = '' } = document as { kind?: string; apiVersion?: string };
  if ((kind || 'Config') !== 'Config' || (apiVersion || 'v1') !== 'v1')
    return `no kind "${kind || 'Config'}" is registered for version "${apiVersion || 'v1'}" in scheme "${SCHEME}"`;
  const wrong = misfit(document, 'Config', []);
  return wrong && `json: cannot unmarshal ${wrong}`;
}

/** The first value that its field cannot hold, with the field. */
function misfit(value: Json, struct: string, path: readonly string[]): string | undefined {
  const types = structs[struct] ?? {};
  for (const [field, held] of Object.entries(value as Record<string, Json>)) {
    const type = Object.hasOwn(types, field) ? types[field] : undefined;
    if (type === undefined || held === null) continue;
    const inner = [...path, field];
    const where = `Go struct field ${struct}.${inner.join('.')} of type `;
    const isList = type.startsWith('[]');
    const element = type.replace(/^\[\]/, '');
    if (type === 'string') {
      if (typeof held !== 'string') return `${goJsonWord(held)} into ${where}${type}`;
      continue;
    }
    if (isList !== Array.isArray(held)) return `${goJsonWord(held)} into ${where}${type}`;
    for (const one of (isList ? held : [held]) as Json[]) {
      if (one === null) continue;
      if (typeof one !== 'object' || Array.isArray(one)) return `${goJsonWord(one)} into ${where}${element}`;
      const wrong = misfit(one, element.replace('v1.', ''), inner);
      if (wrong) return wrong;
    }
  }
  return undefined;
}
