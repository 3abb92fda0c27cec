import { beforeAll, describe, expect, it } from 'vitest';
import { createLab, loadDefinitionsWith } from '../../lab';
import { getScenario } from '../../lab/scenarios';
import { readDefinitions } from '../../plugins/kubernetes-definitions';
import { fieldAt, placeAt } from './place';
import { fieldOf, schemaOfKind } from './schema';
import { suggestionsAt } from './suggestions';

const lab = createLab(getScenario('clusterip'));
beforeAll(() => loadDefinitionsWith(() => Promise.resolve(readDefinitions())));

/** `^` is the cursor. */
async function suggestions(text: string) {
  const place = placeAt(text.replace('^', ''), text.indexOf('^'))!;
  const { reference } = lab;
  const schemas = await reference.schemas(String(place.document?.apiVersion ?? ''));
  return suggestionsAt(place, { kinds: reference.kinds(), schemas, objectsOf: (resource) => reference.objects(resource) });
}
const labels = async (text: string) => (await suggestions(text)).map(({ label }) => label);
const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n${spec}`;

describe('suggestions', () => {
  it('begin with the kinds that the API has, each with its apiVersion', async () => {
    const [first] = (await suggestions('^')).filter(({ of }) => of === 'value');
    expect(first).toMatchObject({ label: 'Service', detail: 'v1', insert: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: ' });
    expect(await labels('apiVersion: apps/v1\nkind: ^')).toEqual(['Deployment', 'ReplicaSet']);
    expect(await labels('kind: Deployment\napiVersion: ^')).toEqual(['apps/v1']);
    // listed by the API, and run by nobody here
    expect(await labels('kind: ^')).not.toContain('DaemonSet');
  });

  it('are the fields of the schema with their types, but for those there are and those only the server writes', async () => {
    const top = await labels('apiVersion: v1\nkind: Service\n^');
    expect(top).toEqual(['metadata', 'spec']);
    const meta = await labels('apiVersion: v1\nkind: Service\nmetadata:\n  ^');
    expect(meta).toContain('labels');
    for (const own of ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink'])
      expect(meta).not.toContain(own);
    const port = await suggestions(service('  ports:\n  - port: 80\n    ^\n'));
    expect(port.map(({ label, field }) => `${label} ${field?.type}`)).toEqual([
      'appProtocol <string>',
      'name <string>',
      'nodePort <integer>',
      'protocol <string>',
      'targetPort <IntOrString>',
    ]);
    expect((await suggestions(service('  ports:\n  - ^')))[0]).toMatchObject({ label: 'port', field: { required: true } });
    expect(await labels(service('  nothing:\n    ^'))).toEqual([]);
    // a volume mount may be read-only without being only for reading
    const mount = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    volumeMounts:\n    - ^';
    expect(await labels(mount)).toContain('readOnly');
  });

  it('write what follows a field: a list, an object, a value', async () => {
    const inserts = async (text: string, wanted: string) =>
      (await suggestions(text)).find(({ label }) => label === wanted)?.insert;
    expect(await inserts(service('  ^'), 'ports')).toBe('ports:\n  - ');
    expect(await inserts(service('  ^'), 'selector')).toBe('selector:\n    ');
    expect(await inserts(service('  ^'), 'type')).toBe('type: ');
    expect(await inserts(service('  ty^: NodePort'), 'type')).toBeUndefined();
  });

  it('are the values that the schema lists', async () => {
    expect(await labels(service('  type: ^'))).toEqual(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
    expect(await labels(service('  externalTrafficPolicy: L^'))).toEqual(['Cluster', 'Local']);
    expect(await labels(service('  allocateLoadBalancerNodePorts: ^'))).toEqual(['true', 'false']);
    expect(await labels(service('  ipFamilies:\n  - ^'))).toEqual(['IPv4', 'IPv6']);
    expect(await labels(service('  ports:\n  - port: ^'))).toEqual([]);
  });

  it('are what exists where a field refers to it', async () => {
    expect(await labels(service('  selector:\n    ^'))).toContain('app');
    expect(await labels(service('  selector:\n    app: ^'))).toContain('test');
    expect(await labels(service('  selector: {app: ^}'))).toContain('test');
    expect(await labels('apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: ^')).toContain('kube-system');
    expect(await labels('apiVersion: v1\nkind: Pod\nspec:\n  nodeName: ^')).toEqual(['node-1', 'node-2', 'node-3']);
    const slice = 'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  labels:\n    ';
    expect(await labels(`${slice}^`)).toContain('kubernetes.io/service-name');
    expect(await labels(`${slice}kubernetes.io/service-name: ^`)).toContain('kubernetes');
    // what the same file makes counts too
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {run: mine}\nspec:\n  containers:\n  - ports:\n    - name: web\n---\n';
    expect(await labels(`${pod}${service('  selector:\n    run: ^')}`)).toEqual(['mine']);
    expect(await labels(`${pod}${service('  selector: {run: mine}\n  ports:\n  - targetPort: ^')}`)).toEqual(['web']);
  });
});

describe('fieldOf', () => {
  it('says of a field what kubectl explain says', async () => {
    const text = service('  ports:\n  - port: 80\n');
    const { path } = fieldAt(text, text.indexOf('port: 80'))!;
    const schemas = (await lab.reference.schemas('v1'))!;
    expect(fieldOf(schemas, schemaOfKind(schemas, 'v1', 'Service')!, path)).toMatchObject({
      name: 'port',
      type: '<integer>',
      required: true,
      description: 'The port that will be exposed by this service.',
    });
    expect(fieldOf(schemas, schemaOfKind(schemas, 'v1', 'Service')!, ['spec', 'ports'])?.type).toBe('<[]ServicePort>');
  });
});
