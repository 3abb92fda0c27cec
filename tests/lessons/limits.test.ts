import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLine } from '../../src/lab/drive';
import { createLab } from '../../src/lab/lab';
import { getScenario } from '../../src/lab/scenarios';
import { folders, readLesson } from './mdx';

const podWith = (name: string, image: string, spec: object, container: object = {}) =>
  `kubectl run ${name} --image=${image} --overrides='${JSON.stringify({ spec: { containers: [{ name, image, ...container }], ...spec } })}'`;
const probe = { httpGet: { path: '/nothing', port: 80 }, periodSeconds: 1, failureThreshold: 1 };

/** What the page says under a heading, and what shows it: commands and seconds between them; the last command prints this. */
const claims: Record<string, readonly [says: string, commands: readonly (string | number)[], prints: RegExp][]> = {
  kinds: [
    ['get comes back empty', ['kubectl get networkpolicies'], /^No resources found/],
    ['creating is refused', ['kubectl create ingress a --rule=a.example/=svc:80'], /this simulator does not run Ingress objects/],
    [
      'an autoscaler changes nothing',
      ['kubectl autoscale deployment web --min=5 --max=9 --cpu=50%', 60, 'kubectl get deployment web'],
      /web +3\/3/,
    ],
  ],
  kubectl: [['a missing command says so', ['kubectl proxy'], /^error: not simulated yet: this simulator does not/]],
  api: [
    ['any token is accepted', ['kubectl --token=wrong get ns default'], /default +Active/],
    ['anybody may do everything', ['kubectl auth can-i delete nodes --as=bob'], /^yes$/m],
    ['no quotas', ['kubectl create quota q --hard=pods=1'], /does not run ResourceQuota objects/],
    [
      'no requests through the API server',
      ['kubectl get --raw /api/v1/namespaces/default/services/kubernetes/proxy/'],
      /this simulator does not forward requests through the API server/,
    ],
  ],
  containers: [
    ['unknown images are not pulled', ['kubectl run x --image=mysql:8', 20, 'kubectl get pod x'], /Err?ImagePull|BackOff/],
    [
      'a command that is done leaves the pod Running',
      ['kubectl run done --image=busybox -- sh -c "exit 3"', 20, 'kubectl get pod done'],
      /1\/1 +Running +0/,
    ],
    [
      'liveness and startup probes are not run',
      [podWith('probed', 'nginx', {}, { livenessProbe: probe, startupProbe: probe }), 30, 'kubectl get pod probed'],
      /1\/1 +Running +0/,
    ],
    [
      'readiness probes look for a listener',
      [
        podWith('waits', 'nginx', {}, { readinessProbe: { tcpSocket: { port: 81 }, periodSeconds: 1 } }),
        30,
        'kubectl get pod waits',
      ],
      /0\/1 +Running +0/,
    ],
    [
      'and for nothing else',
      [podWith('lost', 'nginx', {}, { readinessProbe: probe }), 30, 'kubectl get pod lost'],
      /1\/1 +Running +0/,
    ],
    [
      'other volumes do not appear',
      [
        podWith(
          'disk',
          'nginx',
          { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'd' } }] },
          { volumeMounts: [{ name: 'd', mountPath: '/d' }] },
        ),
        10,
        'kubectl exec disk -- ls /d',
      ],
      /No such file or directory/,
    ],
    [
      'requests are only stored',
      [podWith('big', 'nginx', {}, { resources: { requests: { cpu: '900' } } }), 10, 'kubectl get pod big'],
      /1\/1 +Running/,
    ],
    ['top has no metrics', ['kubectl top nodes'], /Metrics API not available/],
  ],
  nodes: [
    ['nothing stops kube-proxy', ['ssh node-1 systemctl stop kube-proxy'], /command not found/],
    ['ss has only sockets of Services', ['ssh node-1 ss -ltn | tail -n +2'], /^$/],
  ],
  network: [
    [
      'of a TCP connection the first packet and its answer are followed',
      ['ssh node-1 tcpdump -nc 2 -i eth0 port 30080 &', 'curl -sm 1 http://192.168.0.11:30080; sleep 1'],
      /the first packet and its answer; the rest takes the same way/,
    ],
    ['requests take no time', ["kubectl exec far -- curl -so /dev/null -w '%{time_total}' 10.244.2.3"], /^0\.000000$/m],
    [
      'IPv4 only',
      ['kubectl expose deployment web --port=80', `kubectl patch svc web -p '{"spec":{"ipFamilyPolicy":"RequireDualStack"}}'`],
      /not configured for dual-stack/,
    ],
    ['routes without tunnels', ['ssh node-1 ip route'], /10\.244\.2\.0\/24 via 192\.168\.0\.12 dev eth0/],
    ['no internet', ['curl -sS http://192.0.2.1'], /Could not connect/],
    ['no DNS for names outside', ['kubectl exec far -- curl -sS http://www.example.com'], /Could not resolve host/],
    [
      'DNS answers in the same order',
      [
        'kubectl create service clusterip web --clusterip=None --tcp=80',
        5,
        'kubectl exec far -- sh -c "for i in 1 2 3 4 5 6 7 8; do nslookup web.default.svc.cluster.local. | md5sum; done" | uniq | wc -l',
      ],
      /^1$/m,
    ],
  ],
  time: [
    [
      'the clock starts at the same moment',
      ["kubectl get ns default -o jsonpath='{.metadata.creationTimestamp}'"],
      /2026-11-22T09:00:00Z/,
    ],
  ],
};

/** What the last of the commands printed, in a cluster of its own. */
async function printedBy(commands: readonly (string | number)[]): Promise<string> {
  const lab = createLab(getScenario('source-ip'));
  lab.advance(60_000);
  for (const one of commands) {
    if (typeof one === 'number') lab.advance(1000 * one);
    else await runLine(lab, one);
  }
  return lab.terminal.transcript.at(-1)?.output ?? '';
}

describe('the page of limits', () => {
  it.each(Object.entries(claims).flatMap(([anchor, list]) => list.map((claim) => [anchor, ...claim] as const)))(
    '%s: %s',
    async (_, __, commands, prints) => {
      const printed = await printedBy(commands);
      expect(printed.trim()).toMatch(prints);
    },
  );

  it('is right that the same commands give the same names', async () => {
    const commands = ['kubectl create deployment same --image=nginx', 'kubectl get pods -l app=same -o name'];
    const printed = await printedBy(commands);
    expect(printed).toMatch(/^pod\/same-/);
    expect(await printedBy(commands)).toBe(printed);
  });

  it('has a claim that is tried under every heading, but for the oracles', () => {
    const anchors = readLesson('ko', 'limits.mdx').headings.map(({ anchor }) => anchor);
    expect(anchors).toEqual([...Object.keys(claims), 'oracles']);
  });

  it.each(['ko', 'en'] as const)('names the command of every oracle (%s)', (language) => {
    const commandsIn = (text: string) => [...new Set(text.match(/npm run (?:-s )?[\w:]+/g))].map((one) => one.replace(' -s', ''));
    const page = readFileSync(join(folders[language], 'limits.mdx'), 'utf8');
    const oracles = readFileSync(join(import.meta.dirname, '../oracles/run.ts'), 'utf8').split('const ORACLES')[1] ?? '';
    expect(commandsIn(page).sort()).toEqual(commandsIn(oracles).sort());
  });
});
