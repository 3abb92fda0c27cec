import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster';
import { Files } from '../files';
import { Jobs } from '../jobs';
import { Shell } from '../shell';
import { expandUrl } from './curl-urls';
import { standardPrograms } from './index';

let cluster: Cluster;
let shell: Shell;
let jobs: Jobs;
let traces: number;

const tick = () => new Promise((resolve) => setTimeout(resolve));

/** What a line typed on the vm prints; time goes on while it waits. `meanwhile` is run once it waits. */
async function typed(line: string, meanwhile: () => void = () => undefined): Promise<{ out: string; err: string }> {
  const frame = shell.newFrame(shell.machines.at('vm'));
  const said = { out: '', err: '' };
  let done = false;
  const running = shell
    .runIn(frame, line, { stdin: '', stdout: (text) => void (said.out += text), stderr: (text) => void (said.err += text) })
    .then(() => (done = true));
  let waited = false;
  while (!done) {
    await tick();
    const { nextWake } = jobs;
    if (nextWake === undefined) continue;
    if (!waited) meanwhile();
    waited = true;
    cluster.advance(Math.max(0, nextWake - cluster.now()));
    jobs.wake();
  }
  await running;
  return said;
}

const create = (path: string, body: object) =>
  cluster.api.handle({ method: 'POST', path: `/api/v1/namespaces/default/${path}`, body });

function service(name: string, image: string, args: string[], port: number): void {
  for (const node of [1, 2]) {
    const containers = [{ name, image, args }];
    create('pods', {
      metadata: { name: `${name}-${node}`, labels: { app: name } },
      spec: { nodeName: `node-${node}`, containers },
    });
  }
  const nodePort = name === 'web' ? 30080 : 30081;
  create('services', { metadata: { name }, spec: { type: 'NodePort', selector: { app: name }, ports: [{ port, nodePort }] } });
}

beforeEach(() => {
  cluster = new Cluster();
  traces = 0;
  jobs = new Jobs(() => cluster.now());
  shell = new Shell({
    world: cluster,
    files: new Files('/home/learner'),
    programs: standardPrograms,
    jobs,
    onTrace: () => traces++,
  });
  service('host', 'registry.k8s.io/e2e-test-images/agnhost:2.53', ['netexec'], 8080);
  service('web', 'nginx', [], 80);
  cluster.advance(10_000);
});

const URL = 'http://192.168.0.13:30081/hostname';
const WEB = 'http://192.168.0.13:30080/';
const pods = (text: string) => new Set(text.match(/host-\d/g));

describe('curl', { timeout: 30_000 }, () => {
  it('uses a connection again for the next URL: one pod, one entry', async () => {
    const { out, err } = await typed(`curl -v '${URL}?[1-10]'`);
    expect(out.match(/host-\d/g)).toHaveLength(10);
    expect(pods(out).size).toBe(1);
    expect(err.match(/\* {3}Trying/g)).toHaveLength(1);
    expect(err.match(/\* Re-using existing connection with host 192\.168\.0\.13/g)).toHaveLength(9);
    expect(
      cluster.network
        .conntrack('node:node-3', 'TCP')
        .split('\n')
        .filter((line) => line.includes('dport=30081')),
    ).toHaveLength(1);
    expect(traces).toBe(10);
  });

  it('opens a connection for each with -Z, with Connection: close and in commands of its own', async () => {
    expect(pods((await typed(`curl -sZ '${URL}?[1-20]'`)).out).size).toBe(2);
    const closing = await typed(`curl -sv -H 'Connection: close' ${URL} ${URL}`);
    expect(closing.err).toContain('* shutting down connection #0\n* Hostname 192.168.0.13 was found in DNS cache\n*   Trying');
    expect(pods((await typed(`for i in $(seq 20); do curl -s ${URL}; done`)).out).size).toBe(2);
  });

  it('finds a connection dead when the server has closed it', async () => {
    const alive = await typed(`curl -sv --rate 1/m -w '%{num_connects} %{local_port}\\n' -o /dev/null ${WEB} ${WEB}`);
    expect(alive.out).toMatch(/^1 (\d+)\n0 \1\n$/);
    const dead = await typed(`curl -sv --rate 40/h -o /dev/null ${WEB} ${WEB}`);
    expect(dead.err).toContain('* Connection 0 seems to be dead\n* shutting down connection #0\n*   Trying');
    expect(dead.err).toContain('* Connection #1 to host 192.168.0.13 left intact');
  });

  it('goes on to another pod when its own is deleted', async () => {
    const { out, err } = await typed(`curl -sv --rate 1/m ${URL} --next ${URL}`, () => {
      const entry = cluster.network
        .conntrack('node:node-3', 'TCP')
        .split('\n')
        .find((line) => line.includes('ESTABLISHED'));
      const pod = cluster.client.list('pods', 'default').find(({ status }) => entry?.includes(`src=${status.podIP} `))!;
      cluster.api.handle({ method: 'DELETE', path: `/api/v1/namespaces/default/pods/${pod.metadata.name}` });
    });
    expect(pods(out).size).toBe(2);
    expect(err).toContain('seems to be dead');
  });

  it('speaks HTTP/2 with who can, over one connection', async () => {
    const { out, err } = await typed(`curl -skvZ -i https://192.168.0.10:6443/version https://192.168.0.10:6443/livez`);
    expect(out).toMatch(/^HTTP\/2 200 \ndate: /);
    expect(err).toContain('* [HTTP/2] [3] [:path: /livez]');
    expect(err.match(/Trying/g)).toHaveLength(1);
    expect((await typed('curl -ski --http1.1 https://192.168.0.10:6443/livez')).out).toMatch(/^HTTP\/1\.1 200 OK\n/);
  });
});

describe('an address of curl', () => {
  it('may stand for many', () => {
    expect(expandUrl('http://{a,b}/[08-10]')).toEqual(
      ['a', 'b'].flatMap((host) => ['08', '09', '10'].map((n) => `http://${host}/${n}`)),
    );
    expect(expandUrl('h/[a-e:2]')).toEqual(['h/a', 'h/c', 'h/e']);
    expect(expandUrl('h/[3-1]')).toContain('bad range in URL position 4');
  });
});
