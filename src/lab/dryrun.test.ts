import { describe, expect, it } from 'vitest';
import { runLine } from './drive';
import { createLab } from './lab';
import { getScenario } from './scenarios';
import type { Lab } from './types';

const service = (spec: string, name = 'web') => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
const errors = async (lab: Lab, text: string) =>
  (await lab.dryRun(text)).flatMap(({ document, errors: found }) => found.map((error) => ({ document, ...error })));

describe('a dry run of a manifest', () => {
  const lab = createLab(getScenario('clusterip'));

  it("gives the server's message at each field it names", async () => {
    expect(await errors(lab, service('  ports:\n  - port: 80\n    nodePort: 30000\n'))).toEqual([
      {
        document: 0,
        field: 'spec.ports[0].nodePort',
        message: 'Service "web" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when `type` is \'ClusterIP\'',
      },
    ]);
    const two = await errors(lab, service('  ports:\n  - port: 0\n  - port: 80\n'));
    expect(two.map(({ field }) => field)).toContain('spec.ports[1].name');
    expect(await errors(lab, service('  type: NodePrt\n  ports:\n  - {port: 80, target: 1}\n'))).toMatchObject([
      { field: 'spec.ports[0].target', message: expect.stringContaining('strict decoding error: unknown field') as string },
    ]);
    expect(await errors(lab, service('  ports:\n  - port: "x"\n'))).toMatchObject([{ field: 'spec.ports.port' }]);
  });

  it('reads a file as kubectl does: comments are no documents, and YAML errors name their line', async () => {
    const text = `# comment\n---\n${service('  ports:\n  - port: 80\n')}---\nkind: Pod\n---\na: b\n  c: d\n`;
    expect(await errors(lab, text)).toEqual([
      { document: 1, message: 'apiVersion not set', field: 'apiVersion' },
      {
        document: 2,
        message: 'error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
        line: 14,
      },
    ]);
    expect(await errors(lab, 'apiVersion: v1\nkind: Servce\nmetadata: {name: a}\n')).toMatchObject([{ field: 'kind' }]);
  });

  it('shows the object as it would be, and then it is so', async () => {
    const text = service('  type: NodePort\n  ports:\n  - port: 80\n');
    const [before] = await lab.dryRun(text);
    await lab.dryRun(text);
    expect(before).toMatchObject({ target: { kind: 'Service', namespace: 'default', name: 'web' }, errors: [] });
    expect(before?.live).toBeUndefined();
    lab.writeFile('web.yaml', text);
    await lab.apply('web.yaml');
    const made = lab.getSnapshot().services.find(({ metadata }) => metadata.name === 'web');
    expect(made?.spec).toEqual(before?.applied?.spec);
    // what is left out is taken away, as apply does
    const [after] = await lab.dryRun(service('  ports:\n  - port: 80\n'));
    expect([after?.live?.spec.type, after?.applied?.spec.type]).toEqual(['NodePort', 'ClusterIP']);
  });

  it('takes a file apart as kubectl does: lists, streams of JSON, what is no separator', async () => {
    const ports = { ports: [{ port: 80 }] };
    const item = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
    const list = { apiVersion: 'v1', kind: 'List', items: [item('one', ports), item('two', { ...ports, type: 'X' })] };
    const runs = await lab.dryRun(JSON.stringify(list));
    expect(runs).toMatchObject([
      { document: 0, target: { name: 'one' }, errors: [] },
      { document: 0, target: { name: 'two' }, errors: [{ field: 'items[1].spec.type' }] },
    ]);
    const stream = await lab.dryRun(`${JSON.stringify(item('one', ports))}\n${JSON.stringify(item('two', ports))}`);
    expect(stream.map(({ document, target }) => [document, target?.name])).toEqual([
      [0, 'one'],
      [1, 'two'],
    ]);
    expect(await errors(lab, 'a: b\n---foo\n')).toContainEqual({
      document: 1,
      message: 'invalid Yaml document separator: foo',
      line: 2,
    });
    const generated = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: web-\n';
    expect(await errors(lab, generated)).toEqual([
      { document: 0, message: 'from web-: cannot use generate name with apply', field: 'metadata.generateName' },
    ]);
  });

  it('tells why there can be no patch, and what would be patched', async () => {
    const other = createLab(getScenario('clusterip'));
    await runLine(other, 'kubectl create service clusterip web --tcp=80');
    const without = (spec: string) => other.dryRun(service(spec));
    expect(await without('  ports:\n  - name: http\n')).toMatchObject([
      { target: { name: 'web' }, errors: [{ message: 'map: map[name:http] does not contain declared merge key: port' }] },
    ]);
    expect((await without('  ports:\n  -\n'))[0]?.live?.metadata.name).toBe('web');
    await runLine(other, "kubectl annotate service web kubectl.kubernetes.io/last-applied-configuration='{'");
    expect(await without('  ports:\n  - port: 80\n')).toMatchObject([{ errors: [{ message: 'invalid JSON document' }] }]);
    other.writeFile('web.yaml', service('  ports:\n  - port: 80\n'));
    const { exit, stderr } = await runLine(other, 'kubectl apply -f web.yaml');
    expect([exit, stderr]).toEqual([1, expect.stringContaining('for: invalid JSON document')]);
  });

  it('means the namespace that kubectl means', async () => {
    const other = createLab(getScenario('clusterip'));
    await runLine(other, 'kubectl create namespace team');
    await runLine(other, 'kubectl config set-context --current --namespace=team');
    expect((await other.dryRun(service('  ports:\n  - port: 80\n')))[0]?.target?.namespace).toBe('team');
  });
});
