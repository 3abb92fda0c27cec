import { readdirSync, readFileSync } from 'node:fs';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runLine } from '../src/lab/drive';
import { createLab } from '../src/lab/lab';
import { getScenario } from '../src/lab/scenarios';

const folder = `${import.meta.dirname}/kubernetes`;
const files = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]));

test('the simulated API server takes the Deployment and the Service as strictly as a real one, and requests reach the pods', async () => {
  const lab = createLab({ ...getScenario('home'), files });
  const run = async (line: string) => {
    await runLine(lab, line);
    return lab.terminal.transcript.at(-1)?.output;
  };
  expect(await run('kubectl apply --validate=strict -f site.yaml')).toBe(
    'deployment.apps/packet-to-pod created\nservice/packet-to-pod created\n',
  );
  // Instead of the site's image, one that the simulator runs and that answers at this port.
  expect(await run('kubectl set image deployment/packet-to-pod nginx=registry.k8s.io/echoserver:1.10')).toContain(
    'image updated',
  );
  lab.advance(60_000);
  expect(
    await run("kubectl get endpointslices -l kubernetes.io/service-name=packet-to-pod -o jsonpath='{.items[0].ports[0]}'"),
  ).toContain('"port":8080');
  expect(await run('kubectl get deployment packet-to-pod')).toMatch(/packet-to-pod +1\/1 /);
});

test('the autoscaler and the disruption budget are as their schemas say, and are for that Deployment', () => {
  const [autoscaler, budget] = parseAllDocuments(files['scaling.yaml']!).map((document) => document.toJS() as object);
  const hpa = new HorizontalPodAutoscaler(autoscaler as never);
  hpa.validate();
  const pdb = new PodDisruptionBudget(budget as never);
  pdb.validate();
  const deployment = parseAllDocuments(files['site.yaml']!)[0]!.toJS() as {
    kind: string;
    metadata: { name: string };
    spec: { selector: object };
  };
  expect(hpa.spec?.scaleTargetRef).toMatchObject({ kind: deployment.kind, name: deployment.metadata.name });
  expect(pdb.spec?.selector).toEqual(deployment.spec.selector);
});
