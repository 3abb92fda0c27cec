import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster';
import { Files } from '../files';
import { Jobs } from '../jobs';
import { Shell } from '../shell';
import { standardPrograms } from '.';
import { loadKubectl } from './loadkubectl';

beforeAll(loadKubectl);

/** A terminal on a cluster with one pod `web` on node-1; what a command line prints, time passing while it waits. */
function terminal() {
  const cluster = new Cluster();
  const spec = { nodeName: 'node-1', containers: [{ name: 'main', image: 'nginx:1.27' }] };
  cluster.client.create('pods', { metadata: { name: 'web', namespace: 'default' }, spec });
  cluster.settle();
  const jobs = new Jobs(() => cluster.now());
  cluster.subscribe(() => jobs.noteChange());
  const shell = new Shell({ world: cluster, files: new Files('/home/learner'), programs: standardPrograms, jobs });
  const run = async (line: string, stdin?: string) => {
    let text = '';
    const print = (more: string) => (text += more);
    let done = false;
    const options = { stdout: print, stderr: print, ...(stdin !== undefined && { stdin }) };
    const finished = shell.run(line, options).finally(() => (done = true));
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (done || jobs.atWork) continue;
      cluster.advanceTo(Math.max(cluster.now() + 1, jobs.nextWake ?? cluster.nextEvent() ?? 0));
      jobs.wake();
    }
    await finished;
    return text;
  };
  const phaseOf = (name: RegExp) => cluster.client.list('pods').find(({ metadata }) => name.test(metadata.name))?.status.phase;
  return { cluster, shell, run, phaseOf };
}

describe('kubectl debug', () => {
  it('gives a shell on a node, in which chroot /host has the programs of the node', async () => {
    const { shell, run, phaseOf } = terminal();
    expect(await run('kubectl debug node/node-2 -it --image=busybox --profile=sysadmin')).toContain(
      'Creating debugging pod node-debugger-node-2-',
    );
    expect(shell.prompt).toBe('/ # ');
    expect(await run('iptables-save')).toBe('sh: iptables-save: not found\n');
    expect(await run('ip addr')).toContain('inet 192.168.0.12/24');
    await run('chroot /host');
    expect(shell.prompt).toBe('# ');
    expect(await run('iptables-save -t nat')).toContain('KUBE-SERVICES');
    await run('exit');
    expect(await run('exit')).toContain("Session ended, resume using 'kubectl attach node-debugger-node-2-");
    expect(shell.place).toBe('internet');
    expect(phaseOf(/^node-debugger/)).toBe('Succeeded');
  });

  it('the kernel keeps rules from a container without CAP_NET_ADMIN', async () => {
    const { run } = terminal();
    expect(await run('kubectl debug node/node-1 -it --image=busybox -q')).toBe('');
    expect(await run('chroot /host iptables-save')).toBe(
      'iptables-save v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n',
    );
  });

  it('an ephemeral container shares the network of its pod and ends for good', async () => {
    const { run } = terminal();
    await run('kubectl debug web -it --image=busybox -c look');
    expect(await run('wget -qO- http://127.0.0.1 | grep -c nginx')).toBe('2\n');
    // BusyBox asks for HTTP/1.1, and its note comes with -q too.
    expect(await run('wget -qO- https://10.96.0.1')).toBe(
      'wget: note: TLS certificate validation not implemented\nwget: server returned error: HTTP/1.1 403 Forbidden\n',
    );
    expect(await run('wget --no-check-certificate -qO- https://10.96.0.1/livez')).toBe('ok');
    expect(await run('exit')).toContain('the ephemeral container will not be restarted but may be reattached');
    expect(await run('kubectl attach web -c look -i')).toContain('container look not found in pod web_default');
    expect(await run('kubectl exec web -c look -- ls')).toContain('unable to upgrade connection: container not found ("look")');
  });
});

describe('nc -u', () => {
  it('prints the answer to a datagram; from the same port conntrack sends the next one to the same pod', async () => {
    const { cluster, run } = terminal();
    const image = 'registry.k8s.io/e2e-test-images/agnhost:2.53';
    for (const name of ['a', 'b', 'c', 'caller']) {
      const spec = { containers: [{ name: 'main', image, args: ['netexec'] }] };
      cluster.client.create('pods', {
        metadata: { name, namespace: 'default', labels: { app: name === 'caller' ? name : 'udp' } },
        spec,
      });
    }
    const spec = { selector: { app: 'udp' }, ports: [{ port: 8081, protocol: 'UDP' }] };
    const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'udp' }, spec };
    const created = cluster.api.handle({ method: 'POST', path: '/api/v1/namespaces/default/services', body });
    cluster.settle();
    const send = (options: string) =>
      run(`kubectl exec caller -- sh -c "echo hostname | nc -u -w 1 ${options} ${created.body.spec.clusterIP} 8081"`);
    const first = await send('-p 5555');
    expect(['a', 'b', 'c']).toContain(first);
    for (let i = 0; i < 8; i++) expect(await send('-p 5555')).toBe(first);
    await run(`kubectl delete pod ${first} --now`);
    cluster.settle();
    expect(await run(`ssh node-1 conntrack -L -p udp --sport 5555`)).toContain('0 flow entries');
  });
});

describe('an address on the link that nobody has', () => {
  it('is unreachable after three ARP requests, and until then does not answer', async () => {
    const { cluster, run } = terminal();
    const spec = { containers: [{ name: 'main', image: 'busybox', command: ['sleep', '1d'] }] };
    cluster.client.create('pods', { metadata: { name: 'caller', namespace: 'default' }, spec });
    cluster.settle();
    expect(await run('kubectl exec caller -- nc -z -w 2 192.168.0.99 80')).toContain('Connection timed out');
    expect(await run('kubectl exec caller -- nc -z -w 5 192.168.0.99 80')).toContain('Host is unreachable');
    expect(await run('ssh node-1 curl -v -m 2 http://192.168.0.99/')).toContain('timed out after 2000 milliseconds');
    expect(await run('ssh node-1 curl -v http://192.168.0.99/')).toContain('No route to host');
  });
});
