import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../../cluster/cluster';
import { Files } from '../../files';
import { Jobs } from '../../jobs';
import { Shell } from '../../shell';
import { standardPrograms } from '../index';

const cluster = new Cluster({ addons: true });
const shell = new Shell({
  world: cluster,
  files: new Files('/home/learner'),
  programs: standardPrograms,
  jobs: new Jobs(() => cluster.now()),
});

/** What a program in a pod of that image prints. */
async function printed(image: string, line: string): Promise<string> {
  const frame = shell.newFrame(shell.machines.at(`pod:default/${image}`));
  let text = '';
  const note = (part: string) => void (text += part);
  await shell.runIn(frame, line, { stdin: '', stdout: note, stderr: note });
  return text;
}

const images = { dnsutils: 'registry.k8s.io/e2e-test-images/agnhost:2.53', busybox: 'busybox:1.37', old: 'busybox:1.28' };

beforeAll(() => {
  const create = (path: string, body: object) =>
    cluster.api.handle({ method: 'POST', path: `/api/v1/namespaces/default/${path}`, body });
  create('services', { metadata: { name: 'web' }, spec: { clusterIP: '10.96.0.80', ports: [{ port: 80 }] } });
  for (const [name, image] of Object.entries(images))
    create('pods', { metadata: { name }, spec: { containers: [{ name, image, args: ['pause'] }] } });
  cluster.settle();
});

describe('tools of BIND', () => {
  it('dig prints sections in columns, and the size of what came', async () => {
    const text = await printed('dnsutils', 'dig kubernetes.default.svc.cluster.local');
    expect(text).toContain(
      ';; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n;; WARNING: recursion requested',
    );
    expect(text).toContain('\nkubernetes.default.svc.cluster.local. 30 IN A\t10.96.0.1\n');
    expect(text).toContain(';; MSG SIZE  rcvd: 129\n');
  });

  it('dig asks the search path only with +search', async () => {
    expect(await printed('dnsutils', 'dig +short web')).toBe('');
    expect(await printed('dnsutils', 'dig +search +short web')).toBe('10.96.0.80\n');
    expect(await printed('dnsutils', 'dig -x 10.96.0.10 +short')).toBe('kube-dns.kube-system.svc.cluster.local.\n');
  });

  it('host and nslookup go through it by themselves', async () => {
    expect(await printed('dnsutils', 'host web')).toBe('web.default.svc.cluster.local has address 10.96.0.80\n');
    expect(await printed('dnsutils', 'nslookup nope')).toBe(
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find nope: NXDOMAIN\n\n",
    );
  });
});

describe('tools of BIND that ask a server by name', () => {
  it('look its address up, as libc does', async () => {
    expect(await printed('dnsutils', 'dig +short @kube-dns.kube-system web.default.svc.cluster.local')).toBe('10.96.0.80\n');
    for (const [tool, line] of Object.entries({ dig: 'dig @nope web', host: 'host web nope', nslookup: 'nslookup web nope' }))
      expect(await printed('dnsutils', `${line} 2>&1; echo $?`)).toBe(
        `${tool}: couldn't get address for 'nope': not found\n${tool === 'dig' ? 10 : 1}\n`,
      );
  });

  it('say that nobody listens there, and which names there are not', async () => {
    expect(await printed('dnsutils', 'dig +tries=1 @192.168.0.11 web')).toContain(
      ';; communications error to 192.168.0.11#53: connection refused\n\n;; no servers could be reached\n',
    );
    expect(await printed('dnsutils', 'host one.example')).toBe('Host one.example not found: 3(NXDOMAIN)\n');
  });
});

describe("BusyBox's nslookup", () => {
  it('asks for a name with a dot as it is, whatever ndots says', async () => {
    expect(await printed('busybox', 'nslookup web.default')).toContain("** server can't find web.default: NXDOMAIN");
    expect(await printed('busybox', 'nslookup web')).toContain('Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.80\n');
  });

  it('used to leave that to libc, and showed the names of addresses', async () => {
    expect(await printed('old', 'nslookup web.default')).toBe(
      'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n' +
        'Name:      web.default\nAddress 1: 10.96.0.80 web.default.svc.cluster.local\n',
    );
  });
});

it('each image has its own programs', async () => {
  expect(await printed('busybox', 'curl web')).toBe('sh: curl: not found\n');
  expect(await printed('busybox', 'printenv KUBERNETES_SERVICE_HOST')).toBe('10.96.0.1\n');
});
