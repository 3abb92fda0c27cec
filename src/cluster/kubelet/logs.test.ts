import { describe, expect, it } from 'vitest';
import { Cluster } from '../cluster';

const pod = (name: string, container: object) => ({
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec: { nodeName: 'node-1', containers: [{ name: 'main', ...container }] },
});

function clusterWith(...pods: object[]): Cluster {
  const cluster = new Cluster();
  for (const each of pods) cluster.client.create('pods', each);
  cluster.settle();
  return cluster;
}

const log = (cluster: Cluster, name: string, query: Record<string, string> = {}): string =>
  cluster.api.handle({ method: 'GET', path: `/api/v1/namespaces/default/pods/${name}/log`, query }).body;

/** One GET over a new connection. */
function get(cluster: Cluster, from: string, address: string, port: number, path = '/'): void {
  const result = cluster.network.connect({ from, protocol: 'TCP', address, port, trace: false });
  const peer = `${result.sourceSeen}:${result.sourcePortSeen}`;
  cluster.answer(result, { method: 'GET', path, host: address, headers: { 'user-agent': 'test' }, peer, time: cluster.now() });
}

describe('container logs', () => {
  it('an access log tells whose address the pod saw: the node in between, or the client with externalTrafficPolicy Local', () => {
    const cluster = clusterWith(pod('web', { image: 'nginx:1.27' }));
    const service = (name: string, nodePort: number, externalTrafficPolicy: string) =>
      cluster.client.create('services', {
        metadata: { name, namespace: 'default' },
        spec: { type: 'NodePort', externalTrafficPolicy, selector: { app: 'web' }, ports: [{ port: 80, nodePort }] },
      });
    service('anywhere', 30080, 'Cluster');
    service('here', 30081, 'Local');
    cluster.settle();
    get(cluster, 'vm', '192.168.0.12', 30080);
    get(cluster, 'vm', '192.168.0.11', 30081, '/none');
    const sources = log(cluster, 'web', { tailLines: '3' })
      .split('\n')
      .map((line) => /^(\S+) - -|client: (\S+),/.exec(line)?.slice(1).join(''));
    expect(sources.slice(0, 3)).toEqual(['192.168.0.12', '192.168.0.50', '192.168.0.50']);
  });

  it('connections without a request and looks from outside leave nothing', () => {
    const cluster = clusterWith(pod('web', { image: 'nginx:1.27' }));
    const before = log(cluster, 'web');
    const ip = cluster.client.get('pods', 'default', 'web')!.status.podIP;
    cluster.network.connect({ from: 'node:node-1', protocol: 'TCP', address: ip, port: 80, probe: true });
    expect(log(cluster, 'web')).toBe(before);
  });

  it('reads its options as Go does: booleans but for 0 and false, numbers of 64 bits', () => {
    const cluster = clusterWith(pod('web', { image: 'nginx:1.27' }));
    const path = '/api/v1/namespaces/default/pods/web/log';
    const asked = (query: Record<string, string>) => cluster.api.handle({ method: 'GET', path, query });
    const timed = asked({ timestamps: 'true' }).body as string;
    expect(asked({ timestamps: '1' }).body).toBe(timed);
    expect(asked({ timestamps: 'false' }).body).not.toBe(timed);
    expect(asked({ tailLines: '9223372036854775808' }).body.message).toBe(
      'unable to parse query parameter "tailLines" with value "9223372036854775808": strconv.ParseInt: parsing "9223372036854775808": value out of range',
    );
  });

  it('keeps a bounded number of lines', () => {
    const cluster = clusterWith(pod('web', { image: 'nginx:1.27' }));
    const ip = cluster.client.get('pods', 'default', 'web')!.status.podIP;
    for (let index = 0; index < 2500; index++) get(cluster, 'node:node-1', ip, 80, `/?${index}`);
    const lines = log(cluster, 'web').trimEnd().split('\n');
    expect(lines.length).toBeLessThan(2000);
    expect(lines.at(-1)).toContain('/?2499');
  });

  it('follows a container until it ends', () => {
    const cluster = clusterWith(pod('echo', { image: 'hashicorp/http-echo', args: ['-text=hi'] }));
    const seen: string[] = [];
    const path = '/api/v1/namespaces/default/pods/echo/log';
    const query = { follow: 'true', tailLines: '0' };
    cluster.api.stream(
      { method: 'GET', path, query },
      (text) => seen.push(text),
      () => seen.push('end'),
    );
    const ip = cluster.client.get('pods', 'default', 'echo')!.status.podIP;
    get(cluster, 'node:node-1', ip, 5678);
    expect(seen).toEqual([expect.stringMatching(/ 10\.244\.1\.1:\d+ "GET \/ HTTP\/1\.1" 200 3 "test" 0s\n$/)]);
    cluster.client.delete('pods', 'default', 'echo');
    cluster.settle();
    expect(seen.at(-1)).toBe('end');
  });

  it('tells what a script of echo and sleep writes, and does not make up what others write', () => {
    const cluster = clusterWith(
      pod('tells', { image: 'busybox', command: ['sh', '-c', "echo one; echo 'two words' && sleep 3600; echo three"] }),
      pod('counts', { image: 'busybox', command: ['sh', '-c', 'i=0; while true; do echo $i; sleep 1; done'] }),
    );
    expect(log(cluster, 'tells')).toBe('one\ntwo words\n');
    expect(log(cluster, 'counts')).toMatchObject({ code: 501, message: expect.stringContaining('this simulator does not run') });
  });
});
