import { expect, it } from 'vitest';
import { loadConfig } from './config';

const load = (text: string) => loadConfig({ env: {}, readFile: () => text }, './c');

/** What a real kubectl 1.36.3 said of the same files. */
it.each([
  ['"', 'yaml: line 2: found unexpected end of stream'],
  [
    '[1]',
    'couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
  ],
  ['contexts: 5', 'json: cannot unmarshal number into Go struct field Config.contexts of type []v1.NamedContext'],
  ['contexts: [5]', 'json: cannot unmarshal number into Go struct field Config.contexts of type v1.NamedContext'],
  [
    'contexts: [{name: x, context: 5}]',
    'json: cannot unmarshal number into Go struct field NamedContext.contexts.context of type v1.Context',
  ],
  [
    'kind: Pod\napiVersion: v1',
    'no kind "Pod" is registered for version "v1" in scheme "k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50"',
  ],
])('%j is no kubeconfig', (text, why) => {
  expect(() => load(`${text}\n`)).toThrow(`error loading config file "./c": ${why}`);
});

it('entries without anything in them have empty names', () => {
  expect(load('clusters: [null]\nusers: [null]\n')).toMatchObject({
    clusters: [{ name: '', cluster: { server: '' } }],
    users: [{ name: '', user: {} }],
  });
});
