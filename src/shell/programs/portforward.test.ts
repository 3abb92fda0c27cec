import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster';
import type { Trace } from '../../cluster/linux/trace';
import { Files } from '../files';
import { Jobs } from '../jobs';
import { Shell } from '../shell';
import { standardPrograms } from '.';
import { loadKubectl } from './loadkubectl';

beforeAll(loadKubectl);

/** A terminal on a cluster with one pod `web` on node-1 and a Service of it; `line` is what a command line prints. */
function terminal() {
  const cluster = new Cluster();
  const containers = [{ name: 'main', image: 'nginx:1.27', ports: [{ name: 'http', containerPort: 80 }] }];
  const metadata = { name: 'web', namespace: 'default', labels: { app: 'web' } };
  cluster.client.create('pods', { metadata, spec: { nodeName: 'node-1', containers } });
  const ports = [{ name: 'front', port: 8000, targetPort: 'http' }];
  cluster.client.create('services', {
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports },
  });
  cluster.settle();
  const jobs = new Jobs(() => cluster.now());
  cluster.subscribe(() => jobs.noteChange());
  const traces: Trace[] = [];
  const onTrace = (trace: Trace) => traces.push(trace);
  const shell = new Shell({ world: cluster, files: new Files('/home/learner'), programs: standardPrograms, jobs, onTrace });
  const screen = { text: '' };
  const print = (more: string) => (screen.text += more);
  const turns = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const run = async (line: string) => {
    screen.text = '';
    let done = false;
    const finished = shell.run(line, { stdout: print, stderr: print }).finally(() => (done = true));
    while (!done) {
      await turns();
      if (done || jobs.atWork) continue;
      cluster.advanceTo(Math.max(cluster.now() + 1, jobs.nextWake ?? cluster.nextEvent() ?? 0));
      jobs.wake();
    }
    await finished;
    cluster.advance(100);
    jobs.wake();
    await turns();
    return screen.text;
  };
  return { cluster, shell, run, traces };
}

describe('kubectl port-forward', () => {
  it('leads from the laptop through the API server and the kubelet to 127.0.0.1 in the pod', async () => {
    const { run, traces } = terminal();
    expect(await run('kubectl port-forward svc/web 8080:front &')).toBe(
      '[1] 2101\nForwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n',
    );
    expect(await run('curl -s localhost:8080 | grep -c nginx')).toMatch(/^Handling connection for 8080\n\d+\n$/);
    const trace = traces.at(-1)!;
    expect(trace).toMatchObject({ outcome: 'answered', backendHost: 'pod:default/web', sourceSeen: '127.0.0.1' });
    const sent = trace.hops.filter(({ stage, direction }) => stage === 'send' && direction === 'request');
    expect(
      sent.map(({ host, leg, after }) => `${leg} ${host} ${after.payload} ${after.destination}:${after.destinationPort}`),
    ).toEqual([
      '0 internet SYN 127.0.0.1:8080',
      '1 internet data 192.168.0.10:6443',
      '2 control-plane data 192.168.0.11:10250',
      '3 pod:default/web SYN 127.0.0.1:80',
    ]);
    expect(trace.hops.filter(({ text = '' }) => /KUBE-(SVC|SEP)/.test(text))).toEqual([]);
    expect(await run('kubectl logs web | tail -n 1')).toMatch(/^127\.0\.0\.1 - - .*"GET \/ HTTP\/1\.1" 200/);
    await run('kill %1');
    expect(await run('curl -sS localhost:8080')).toMatch(/^curl: \(7\) Failed to connect to localhost port 8080 after 0 ms/);
  });

  it('ends with the first connection to a port on which nobody listens', async () => {
    const { run } = terminal();
    await run('kubectl port-forward pod/web 8080:81 &');
    const text = await run('curl -sS localhost:8080');
    expect(text).toContain('Handling connection for 8080\n');
    expect(text).toContain(
      'portforward.go:522] "Unhandled Error" err="an error occurred forwarding 8080 -> 81: error forwarding port 81 to pod ',
    );
    expect(text).toContain(
      'IPv4: dial tcp4 127.0.0.1:81: connect: connection refused IPv6 dial tcp6 [::1]:81: connect: connection refused "\n',
    );
    expect(text).toContain('curl: (52) Empty reply from server\n');
    expect(text).toContain('error: lost connection to pod\n');
  });

  it('does not move to another pod when its own is gone', async () => {
    const { run } = terminal();
    await run('kubectl port-forward svc/web 8080:8000 &');
    await run('kubectl delete pod web --now');
    await run('kubectl run web --image=nginx --labels app=web');
    const text = await run('curl -sS localhost:8080');
    expect(text).toMatch(
      /err="an error occurred forwarding 8080 -> 80: .*network namespace for sandbox \\"[0-9a-f]{64}\\" is closed"/,
    );
    expect(text).toContain('error: lost connection to pod\n');
  });

  it('says why it cannot listen', async () => {
    const { run, cluster } = terminal();
    await run('kubectl port-forward web 8080:80 &');
    expect(await run('kubectl port-forward web 8080:80')).toBe(
      'Unable to listen on port 8080: Listeners failed to create with the following errors: [' +
        'unable to create listener: Error listen tcp4 127.0.0.1:8080: bind: address already in use ' +
        'unable to create listener: Error listen tcp6 [::1]:8080: bind: address already in use]\n' +
        'error: unable to listen on any of the requested ports: [{8080 80}]\n',
    );
    expect(await run('kubectl port-forward web 80')).toContain('listen tcp4 127.0.0.1:80: bind: permission denied');
    expect(await run('kubectl port-forward web 8081:80 --address 10.1.2.3')).toContain(
      'listen tcp4 10.1.2.3:8081: bind: cannot assign requested address',
    );
    const text = await run('kubectl port-forward web :80 --address 0.0.0.0 &');
    const port = Number(/Forwarding from 0\.0\.0\.0:(\d+) -> 80\n$/.exec(text)?.[1]);
    expect(port % 2).toBe(1);
    const ask = (to: number) => cluster.network.connect({ from: 'vm', protocol: 'TCP', address: '198.51.100.7', port: to });
    expect(ask(8080)).toMatchObject({ outcome: 'refused' });
    expect(ask(port)).toMatchObject({ outcome: 'answered', sourceSeen: '127.0.0.1' });
  });

  it('says so when the kubelet cannot be reached', async () => {
    const { run } = terminal();
    await run("ssh node-1 'iptables -A INPUT -p tcp --dport 10250 -j REJECT'");
    expect(await run('kubectl port-forward web 8080:80')).toBe(
      'error: error upgrading connection: error dialing backend: dial tcp 192.168.0.11:10250: connect: connection refused\n',
    );
  });

  it('waits for a pod', async () => {
    const { run, cluster } = terminal();
    await run('kubectl create deployment idle --image=nginx --replicas=0');
    const started = cluster.now();
    expect(await run('kubectl port-forward deploy/idle 8080:80 --pod-running-timeout=20s')).toBe(
      'error: timed out waiting for the condition\n',
    );
    expect(cluster.now() - started).toBeGreaterThanOrEqual(20_000);
  });
});
