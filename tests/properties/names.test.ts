import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createLab } from '../../src/lab';
import { runLine } from '../../src/lab/drive';
import { decodeLab, encodeLab } from '../../src/lab/share';
import { getScenario } from '../../src/lab/scenarios';
import { hostileNames } from '../fuzz/words';

/** Acts on a terminal, or reorders and hides what a reader sees. Line feeds and tabs are a program's to print. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
/** What the line editor writes for itself: carriage returns, and moves and colours of the cursor. */
// eslint-disable-next-line no-control-regex -- likewise
const editors = /\r|\u001b\[[\d;?]*[A-Za-z]/g;

it('there are a hundred hostile names', () => {
  expect(new Set(hostileNames).size).toBeGreaterThanOrEqual(100);
});

describe.each(hostileNames.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))('%s', (_, name) => {
  it('is harmless in manifests, in what the terminal prints and typed into it, and goes through a link as it is', async () => {
    const lab = createLab(getScenario('clusterip'));
    let screen = '';
    lab.terminal.onOutput((text) => (screen += text));
    const objects = [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: {} },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kept', labels: { [name]: name }, annotations: { note: name } },
        data: {},
      },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note', annotations: { note: name } }, data: { text: name } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'port' },
        spec: { selector: { app: name }, ports: [{ name, port: 80 }] },
      },
    ];
    const proto = ({} as { polluted?: unknown }).polluted;
    for (const object of objects) {
      lab.writeFile('a.yaml', stringify(object));
      await runLine(lab, 'kubectl apply -f a.yaml', 2000);
    }
    for (const line of [
      'kubectl get cm,svc -A --show-labels',
      'kubectl get cm -o yaml',
      'kubectl describe cm',
      'kubectl get cm -o json',
    ])
      await runLine(lab, line, 2000);
    const word = `'${name.replaceAll("'", `'\\''`)}'`;
    for (const line of [`echo ${word}`, `kubectl get svc ${word}`, `kubectl create cm ${word}`, `curl -m 1 ${word}`]) {
      lab.terminal.input(line.replaceAll(/[\r\n]/g, ' '));
      lab.terminal.input('\r');
      lab.advance(3000);
      await lab.rest();
      lab.terminal.interrupt();
      await lab.rest();
    }
    const printed = lab.terminal.transcript.map(({ command, output }) => `${command}\n${output}`).join('\n');
    expect(printed).not.toMatch(/this simulator failed/);
    expect(printed).not.toMatch(acting);
    expect(screen.replaceAll(editors, '')).not.toMatch(acting);
    expect(proto).toBeUndefined();
    const saved = lab.saved();
    const link = await encodeLab(saved);
    lab.dispose();
    // a command of many letters may be longer than a link
    if (link === undefined) return;
    expect(link).toMatch(/^[\w.-]+$/);
    expect(await decodeLab(link)).toEqual({ saved: JSON.parse(JSON.stringify(saved)) as unknown });
  });
});
