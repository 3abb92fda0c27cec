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

  it('means the namespace that kubectl means', async () => {
    const other = createLab(getScenario('clusterip'));
    await runLine(other, 'kubectl create namespace team');
    await runLine(other, 'kubectl config set-context --current --namespace=team');
    expect((await other.dryRun(service('  ports:\n  - port: 80\n')))[0]?.target?.namespace).toBe('team');
  });
});
