import { describe, expect, it } from 'vitest';
import { runLine } from './drive';
import { createLab } from './lab';
import { getScenario, scenarios } from './scenarios';

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('scenario %s', (_name, scenario) => {
  it('starts with pods and no goal reached', () => {
    const snapshot = createLab(scenario).getSnapshot();
    expect(snapshot.pods.length).toBeGreaterThan(0);
    expect(snapshot.goals.map((goal) => goal.passed)).toEqual(scenario.goals.map(() => false));
    expect(snapshot.traces).toEqual([]);
  });

  it.each(scenario.goals.map((goal) => [goal.id, goal] as const))(
    'reaches %s by its own solution',
    async (id, goal) => {
      const lab = createLab(scenario);
      for (const line of goal.solution) expect({ line, ...(await runLine(lab, line)) }).toMatchObject({ exit: 0, stderr: '' });
      expect(lab.getSnapshot().goals.find((state) => state.goal.id === id)?.passed).toBe(true);
    },
    20_000,
  );

  const alternatives = scenario.goals.flatMap(({ id, alternatives = [] }) => alternatives.map((lines) => ({ id, lines })));
  if (alternatives.length > 0) {
    it.each(alternatives)(
      'reaches $id by $lines as well',
      async ({ id, lines }) => {
        const lab = createLab(scenario);
        for (const line of lines) await runLine(lab, line);
        expect(lab.getSnapshot().goals.find((state) => state.goal.id === id)?.passed).toBe(true);
      },
      20_000,
    );
  }

  const mistakes = scenario.goals.flatMap(({ id, checks, mistakes = [] }) =>
    mistakes.map(({ lines, failedCheck }) => ({ id, lines, feedback: checks[failedCheck]?.failure.en })),
  );
  if (mistakes.length > 0) {
    it.each(mistakes)(
      'says of $lines: $feedback',
      async ({ id, lines, feedback }) => {
        const lab = createLab(scenario);
        for (const line of lines) await runLine(lab, line);
        const state = lab.getSnapshot().goals.find((one) => one.goal.id === id);
        expect([state?.passed, state?.failedCheck?.failure.en]).toEqual([false, feedback]);
      },
      20_000,
    );
  }

  it('starts over after a reset', async () => {
    const lab = createLab(scenario);
    const names = () => lab.getSnapshot().services.map((service) => service.metadata.name);
    const before = names();
    for (const line of scenario.goals[0]?.solution ?? []) await runLine(lab, line);
    await runLine(lab, 'curl -s -m 1 http://192.168.0.50:9000');
    expect(lab.getSnapshot().traces.length).toBeGreaterThan(0);
    lab.predict('q', 'a');
    lab.reset();
    const after = lab.getSnapshot();
    expect(names()).toEqual(before);
    expect([after.traces, after.predictions, lab.terminal.place]).toEqual([[], { q: 'a' }, 'internet']);
  });
});

describe('LoadBalancer', () => {
  const ports = '30080:30352/TCP,30081:31824/TCP,30082:31996/TCP';

  it('is pending, then gets a tenant address that the VM reaches', async () => {
    const lab = createLab(getScenario('loadbalancer'));
    await runLine(lab, 'kubectl apply -f test-loadbalancer.yaml');
    expect((await runLine(lab, 'kubectl get svc test')).stdout).toMatch(new RegExp(`LoadBalancer +\\S+ +<pending> +${ports}`));
    lab.advance(10_000);
    const address = lab.getSnapshot().services.find((service) => service.metadata.name === 'test')?.status.loadBalancer.ingress[0]
      .ip as string;
    expect(address).toMatch(/^192\.168\.0\./);
    await runLine(lab, 'ssh vm');
    expect((await runLine(lab, `curl -sS http://${address}:30080/hostname`)).stdout).toMatch(/^test-/);
  });

  it('gets a public address without the annotation, and other node ports when none are asked for', async () => {
    const lab = createLab(getScenario('loadbalancer'));
    await runLine(lab, 'kubectl apply -f test-loadbalancer-public.yaml');
    lab.advance(10_000);
    const address = lab.getSnapshot().services.find((service) => service.metadata.name === 'test')?.status.loadBalancer.ingress[0]
      .ip as string;
    expect((await runLine(lab, `curl -s http://${address}:30081/hostname`)).stdout).toMatch(/^test-/);
    await runLine(lab, 'kubectl delete -f test-loadbalancer-public.yaml');
    await runLine(lab, 'kubectl apply -f test-loadbalancer-auto.yaml');
    const { stdout } = await runLine(lab, 'kubectl get svc test');
    expect(stdout).toMatch(/30080:3\d{4}\/TCP,30081:3\d{4}\/TCP,30082:3\d{4}\/TCP/);
    expect(stdout).not.toContain(ports);
  });
});

describe('curl from where a ClusterIP cannot be reached', () => {
  it('fails as curl does and leaves a trace that says where the packet died', async () => {
    const lab = createLab(getScenario('clusterip'));
    await runLine(lab, 'kubectl apply -f test-clusterip.yaml');
    const address = lab.getSnapshot().services.find((service) => service.metadata.name === 'test')?.spec.clusterIP as string;
    const result = await runLine(lab, `curl -sS http://${address}:8080/`);
    expect(result).toEqual({
      exit: 7,
      stdout: '',
      stderr: `curl: (7) Failed to connect to ${address} port 8080 after 0 ms: Could not connect to server\n`,
    });
    expect(lab.getSnapshot().traces.at(-1)).toMatchObject({ from: 'internet', outcome: 'unreachable' });
    const timeout = await runLine(lab, 'kubectl exec client -- curl -sS -m 2 http://10.244.3.99:8080/');
    expect(timeout.stderr).toContain('command terminated with exit code 28');
    expect(timeout.stderr).toContain('curl: (28) Connection timed out after 2000 milliseconds\n');
  });
});

describe('the lab', () => {
  it('gives the same snapshot until something changes', async () => {
    const lab = createLab(getScenario('clusterip'));
    const first = lab.getSnapshot();
    lab.advance(10);
    expect(lab.getSnapshot()).toBe(first);
    lab.writeFile('a.yaml', 'x');
    expect(lab.getSnapshot()).not.toBe(first);
    expect(lab.getSnapshot().files['a.yaml']).toBe('x');
  });

  it('waits in vi until the editor is closed, and applies what was written', async () => {
    const lab = createLab(getScenario('nodeport'));
    const running = lab.terminal.run('vi test-nodeport.yaml');
    expect(lab.getSnapshot().editing).toBe('test-nodeport.yaml');
    lab.writeFile(
      'test-nodeport.yaml',
      (lab.getSnapshot().files['test-nodeport.yaml'] ?? '').replace('nodePort: 30088', 'nodePort: 80'),
    );
    lab.closeEditor();
    expect((await running).exit).toBe(0);
    expect((await lab.apply('test-nodeport.yaml')).stderr).toContain(
      'provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
    expect(await lab.dryRun(lab.getSnapshot().files['test-nodeport.yaml'] ?? '')).toMatchObject([
      { document: 0, errors: [{ field: 'spec.ports[0].nodePort' }] },
    ]);
    expect(lab.terminal.transcript).toHaveLength(1);
  });

  it('leaves the editor when :wq is typed into the file, as hands do that know vi', async () => {
    const lab = createLab(getScenario('nodeport'));
    const running = lab.terminal.run('vi note.txt');
    lab.writeFile('note.txt', 'one\n:wq');
    expect(lab.getSnapshot().editing).toBe('note.txt');
    lab.writeFile('note.txt', 'one\n:wq\n');
    expect((await running).exit).toBe(0);
    expect(lab.getSnapshot()).toMatchObject({ files: { 'note.txt': 'one\n' } });
    expect(lab.terminal.transcript.at(-1)?.output).toContain(':wq');
  });

  it('does not leave conntrack entries of its goals on the nodes', async () => {
    const lab = createLab(getScenario('clusterip'));
    await runLine(lab, 'kubectl apply -f test-clusterip.yaml');
    lab.advance(1000);
    expect(lab.getSnapshot().goals[0]?.passed).toBe(true);
    await runLine(lab, 'ssh node-1');
    expect((await runLine(lab, 'conntrack -L -p tcp')).stdout).toBe('');
  });
});
