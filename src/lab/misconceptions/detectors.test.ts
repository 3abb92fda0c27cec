import { describe, expect, it } from 'vitest';
import { runLine } from '../drive';
import { createLab } from '../lab';
import { clientPod, testDeployment } from '../scenarios/manifests';
import type { Scenario } from '../types';
import { detectors, noticeIn } from '.';
import { misconceptions, type MisconceptionId } from './list';

interface Case {
  id: MisconceptionId;
  /** Services and others beside the two pods of `test` and the pod `client`. */
  manifests?: string[];
  scenario?: Partial<Scenario>;
  files?: Record<string, string>;
  setup?: string[];
  /** Each of these must be noticed. */
  wrong: string[];
  /** None of these. */
  right: string[];
}

const service = (spec: string, name = 'test') => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
${spec.replace(/^/gm, '  ')}
`;
const plain = service('clusterIP: 10.96.7.7\nselector: {app: test}\nports:\n- port: 80\n  targetPort: 5000');
const nodePort = service(
  'type: NodePort\nclusterIP: 10.96.7.7\nselector: {app: test}\nports:\n- port: 80\n  targetPort: 5000\n  nodePort: 30088',
);
const sticky = plain.replace(
  'spec:',
  'spec:\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 2}}',
);
const udp = plain.replace('port: 80\n    targetPort: 5000', 'port: 8081\n    protocol: UDP');
const local = nodePort.replace('type: NodePort', 'type: NodePort\n  externalTrafficPolicy: Local');
const inClient = 'kubectl exec client -- ';
const shop = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
${plain.replace('name: test', 'name: cart\n  namespace: shop').replace('10.96.7.7', '10.96.8.8')}`;
const notReady = testDeployment(5000).replace(
  '        ports:',
  '        readinessProbe:\n          httpGet: {path: /, port: 9}\n        ports:',
);
const policy = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: rule
spec:
  podSelector: {matchLabels: {app: test}}
  ${spec}
`;
const tools = `apiVersion: v1
kind: Pod
metadata:
  name: tools
spec:
  containers:
  - name: tools
    image: registry.k8s.io/e2e-test-images/agnhost:2.53
    command: ["sleep", "infinity"]
`;
const solo = tools
  .replace('  name: tools', '  name: solo\n  labels: {app: solo}')
  .replace('command: ["sleep", "infinity"]', 'args: ["netexec", "--http-port=5000"]');

const cases: Case[] = [
  {
    id: 'cluster-ip-ping',
    manifests: [plain],
    wrong: [`${inClient}ping -c 1 -W 1 10.96.7.7`, 'ssh node-1 ping -c 1 -W 1 10.96.7.7'],
    right: [`${inClient}curl -s 10.96.7.7`],
  },
  {
    id: 'selector-roughly',
    files: {
      'name.yaml': service('selector: {name: test}\nports:\n- port: 80'),
      'case.yaml': service('selector: {app: Test}\nports:\n- port: 80', 'case'),
      'right.yaml': service('selector: {app: test}\nports:\n- port: 80', 'right'),
      'later.yaml': service('selector: {app: green}\nports:\n- port: 80', 'later'),
    },
    wrong: ['kubectl apply -f name.yaml', 'kubectl apply -f case.yaml'],
    right: ['kubectl apply -f right.yaml', 'kubectl apply -f later.yaml'],
  },
  {
    id: 'no-endpoints-hangs',
    manifests: [
      plain.replace('app: test', 'app: none'),
      plain.replace('name: test', 'name: good').replace('10.96.7.7', '10.96.7.8'),
    ],
    wrong: [`${inClient}curl -s -m 3 http://test`],
    right: [`${inClient}curl -s -m 3 http://good`],
  },
  {
    id: 'running-is-ready',
    scenario: { manifests: [notReady, clientPod, plain] },
    wrong: ['kubectl get endpoints test', `${inClient}curl -s -m 3 http://test`],
    right: ['kubectl get pods'],
  },
  {
    id: 'container-port-opens',
    files: {
      'named.yaml': service('selector: {app: test}\nports:\n- port: 80\n  targetPort: web'),
      'number.yaml': service('selector: {app: test}\nports:\n- port: 80\n  targetPort: 5000', 'number'),
    },
    wrong: ['kubectl apply -f named.yaml'],
    right: ['kubectl apply -f number.yaml'],
  },
  {
    id: 'ports-are-one',
    manifests: [nodePort],
    wrong: [
      'curl -s -m 3 http://192.168.0.11:80/hostname',
      'curl -s -m 3 http://192.168.0.11:5000/hostname',
      `${inClient}curl -s -m 3 http://test:30088/hostname`,
    ],
    right: ['curl -s -m 3 http://192.168.0.11:30088/hostname', `${inClient}curl -s -m 3 http://test/hostname`],
  },
  {
    id: 'target-port-string',
    files: {
      'text.yaml': service('selector: {app: test}\nports:\n- port: 80\n  targetPort: "80"'),
      'number.yaml': service('selector: {app: test}\nports:\n- port: 80\n  targetPort: 80'),
    },
    wrong: ['kubectl apply -f text.yaml'],
    right: ['kubectl apply -f number.yaml'],
  },
  {
    id: 'service-is-a-process',
    manifests: [plain],
    wrong: ['ssh node-1 ip addr | grep 10.96.7.7'],
    right: ['ssh node-1 iptables-save | grep 10.96.7.7', 'ssh node-1 ip addr'],
  },
  {
    id: 'node-port-listens',
    manifests: [nodePort],
    wrong: ['ssh node-1 ss -ltn', 'ssh node-1 ss -ltn | grep 30088'],
    right: ['ssh node-1 iptables-save | grep 30088', `${inClient}netstat -ltn`],
  },
  {
    id: 'node-port-80',
    files: {
      'low.yaml': nodePort.replace('30088', '80'),
      'right.yaml': nodePort,
    },
    wrong: ['kubectl apply -f low.yaml'],
    right: ['kubectl apply -f right.yaml'],
  },
  {
    id: 'node-port-reused',
    manifests: [nodePort],
    files: {
      'same.yaml': nodePort.replace('name: test', 'name: two').replace('10.96.7.7', '10.96.7.8'),
      'other.yaml': nodePort.replace('name: test', 'name: two').replace('10.96.7.7', '10.96.7.8').replace('30088', '30089'),
    },
    wrong: ['kubectl apply -f same.yaml'],
    right: ['kubectl apply -f other.yaml'],
  },
  {
    id: 'load-balancer-anywhere',
    scenario: { cloud: 'none' },
    manifests: [nodePort.replace('NodePort', 'LoadBalancer')],
    wrong: ['kubectl get svc'],
    right: ['kubectl get pods'],
  },
  {
    id: 'load-balancer-replaces',
    manifests: [nodePort.replace('NodePort', 'LoadBalancer')],
    files: {
      'none.yaml': service(
        'type: LoadBalancer\nallocateLoadBalancerNodePorts: false\nselector: {app: test}\nports:\n- port: 80\n  targetPort: 5000',
        'two',
      ),
    },
    wrong: [`kubectl patch svc test -p '{"spec":{"allocateLoadBalancerNodePorts":false}}'`],
    right: ['kubectl apply -f none.yaml'],
  },
  {
    id: 'node-port-on-localhost',
    manifests: [nodePort],
    wrong: ['curl -s http://localhost:30088', 'curl -s http://127.0.0.1:30088'],
    right: ['curl -s http://192.168.0.12:30088', 'curl -s http://localhost:9999'],
  },
  {
    id: 'client-address',
    manifests: [nodePort],
    wrong: ['curl -s http://192.168.0.13:30088/clientip'],
    right: [`${inClient}curl -s http://test/clientip`, 'curl -s http://192.168.0.13:30088/hostname'],
  },
  {
    id: 'local-is-free',
    manifests: [local],
    wrong: ['curl -s -m 3 http://192.168.0.13:30088/hostname'],
    right: ['curl -s -m 3 http://192.168.0.11:30088/hostname'],
  },
  {
    id: 'local-from-pods',
    manifests: [local],
    wrong: [`${inClient}curl -s -m 3 http://192.168.0.13:30088/hostname`],
    right: [`${inClient}curl -s -m 3 http://192.168.0.11:30088/hostname`],
  },
  {
    id: 'round-robin',
    manifests: [plain],
    wrong: [`${inClient}sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do curl -s http://test/hostname; done'`],
    right: [`${inClient}curl -s http://test/hostname`],
  },
  {
    id: 'requests-balanced',
    manifests: [plain],
    wrong: [`${inClient}curl -s http://test/hostname http://test/hostname`, `${inClient}curl -s 'http://test/hostname?[1-5]'`],
    right: [`${inClient}curl -s http://test/hostname`],
  },
  {
    id: 'affinity-is-a-cookie',
    manifests: [sticky],
    wrong: [
      `${inClient}curl -s -H 'Cookie: session=1' http://test/hostname`,
      `${inClient}curl -si http://test/hostname | grep -i cookie`,
    ],
    right: [`${inClient}curl -s http://test/hostname`],
  },
  {
    id: 'affinity-timeout',
    manifests: [sticky],
    wrong: [`for i in 1 2 3 4; do ${inClient}curl -s http://test/hostname; sleep 1; done`],
    right: [`for i in 1 2; do ${inClient}curl -s http://test/hostname; sleep 1; done`],
  },
  {
    id: 'udp-like-tcp',
    manifests: [udp],
    wrong: [`${inClient}sh -c 'for i in 1 2 3; do echo hostname | nc -u -w 1 -p 5555 test 8081; done'`],
    right: [`${inClient}sh -c 'echo hostname | nc -u -w 1 -p 5555 test 8081'`],
  },
  {
    id: 'short-name-everywhere',
    manifests: [shop],
    wrong: [`${inClient}curl -s http://cart`],
    right: [`${inClient}curl -s http://nobody`, `${inClient}nslookup cart.shop`],
  },
  {
    id: 'look-ups-are-alike',
    manifests: [plain, tools],
    wrong: ['kubectl exec tools -- dig test', 'kubectl exec tools -- dig +short test'],
    right: ['kubectl exec tools -- dig +search test', 'kubectl exec tools -- dig +short test.default.svc.cluster.local'],
  },
  {
    id: 'headless-maps-ports',
    manifests: [plain.replace('10.96.7.7', 'None')],
    wrong: [`${inClient}curl -s http://test/hostname`],
    right: [`${inClient}curl -s http://test:5000/hostname`],
  },
  {
    id: 'environment-is-updated',
    files: { 'test.yaml': plain },
    setup: ['kubectl apply -f test.yaml'],
    wrong: [`${inClient}env`, `${inClient}printenv TEST_SERVICE_HOST`],
    right: ['kubectl get svc'],
  },
  {
    id: 'port-forward-uses-service',
    manifests: [plain],
    wrong: ['kubectl port-forward svc/test 8080:80'],
    right: ['kubectl port-forward deployment/test 8081:5000'],
  },
  {
    id: 'external-name-proxies',
    manifests: [service('type: ExternalName\nexternalName: test.default.svc.cluster.local', 'outside'), plain],
    wrong: [`${inClient}curl -s http://outside/hostname`, `${inClient}curl -s https://outside/`],
    right: [`${inClient}curl -s http://test/hostname`],
  },
  {
    id: 'ports-without-names',
    files: {
      'two.yaml': service('selector: {app: test}\nports:\n- port: 80\n- port: 81'),
      'named.yaml': service('selector: {app: test}\nports:\n- port: 80\n  name: a\n- port: 81\n  name: b'),
    },
    wrong: ['kubectl apply -f two.yaml'],
    right: ['kubectl apply -f named.yaml'],
  },
  {
    id: 'deleted-at-once',
    manifests: [plain],
    wrong: [
      `kubectl delete pod -l app=test --wait=false; for i in 1 2 3 4 5 6 7 8; do ${inClient}curl -s -m 1 http://test/hostname; done`,
    ],
    right: [`${inClient}curl -s http://test/hostname`],
  },
  {
    id: 'node-port-on-pods-node',
    manifests: [nodePort],
    wrong: [
      "curl -s http://$(kubectl get pod -l app=test -o jsonpath='{.items[0].status.hostIP}'):30088/hostname",
      "ssh $(kubectl get pod -l app=test -o jsonpath='{.items[0].spec.nodeName}') curl -s http://192.168.0.11:30088/hostname",
    ],
    right: [
      'curl -s http://192.168.0.13:30088/hostname',
      "curl -s http://$(kubectl get node node-2 -o jsonpath='{.status.addresses[0].address}'):30088/hostname",
    ],
  },
  {
    id: 'node-port-on-pods-node',
    manifests: [local],
    wrong: [],
    right: ["curl -s http://$(kubectl get pod -l app=test -o jsonpath='{.items[0].status.hostIP}'):30088/hostname"],
  },
  {
    id: 'calling-oneself',
    manifests: [solo, service('selector: {app: solo}\nports:\n- port: 80\n  targetPort: 5000', 'mirror')],
    wrong: [
      'kubectl exec solo -- curl -s http://mirror/clientip',
      'for n in 1 2 3; do ssh node-$n iptables -t nat -F KUBE-POSTROUTING; done; kubectl exec solo -- curl -s -m 2 http://mirror',
    ],
    right: [`${inClient}curl -s http://mirror/hostname`, 'kubectl exec solo -- curl -s http://localhost:5000/clientip'],
  },
  {
    id: 'calling-oneself',
    manifests: [solo, service('selector: {app: solo}\nports:\n- port: 80\n  targetPort: 5000', 'mirror')],
    wrong: [],
    right: ['kubectl exec solo -- curl -s http://mirror/hostname'],
  },
  {
    id: 'policy-sees-service',
    manifests: [plain],
    files: {
      'port.yaml': policy('ingress: [{ports: [{port: 80}]}]'),
      'address.yaml': policy('egress: [{to: [{ipBlock: {cidr: 10.96.7.7/32}}]}]'),
      'right.yaml': policy('ingress: [{from: [{podSelector: {}}], ports: [{port: 5000}]}]'),
      'range.yaml': policy('egress: [{to: [{ipBlock: {cidr: 10.244.0.0/16}}]}]'),
    },
    wrong: [
      'kubectl apply -f port.yaml',
      'kubectl create -f ./address.yaml',
      `kubectl apply -f - <<EOF\n${policy('ingress: [{ports: [{port: 80}]}]')}EOF`,
    ],
    right: ['kubectl apply -f right.yaml', 'kubectl apply -f range.yaml', 'cat port.yaml'],
  },
  {
    id: 'cluster-ip-from-laptop',
    manifests: [plain],
    wrong: ['curl -s -m 3 http://10.96.7.7', 'ssh vm curl -s -m 3 http://10.96.7.7'],
    right: [`${inClient}curl -s http://10.96.7.7`, 'ssh node-1 curl -s http://10.96.7.7'],
  },
];

/** What is noticed after the line, and what stood on the screen. */
async function noticed(lab: ReturnType<typeof createLab>, line: string) {
  const before = lab.getSnapshot();
  await runLine(lab, line, 5000);
  return { id: noticeIn(lab, before)?.misconception.id, output: lab.terminal.transcript.at(-1)?.output };
}

describe('detectors of misconceptions', () => {
  it.each(cases.map((one) => [one.id, one] as const))(
    '%s: fires on the mistake, stays silent on the right way',
    async (id, one) => {
      const lab = createLab({
        name: id,
        cloud: 'openstack',
        manifests: [testDeployment(5000), clientPod, ...(one.manifests ?? [])],
        files: one.files ?? {},
        goals: [],
        ...one.scenario,
      });
      // The first command fetches kubectl while the cluster's time goes on.
      for (const line of ['kubectl version', ...(one.setup ?? [])]) await runLine(lab, line);
      for (const line of one.wrong) {
        const { id: found, output } = await noticed(lab, line);
        expect(found, `${line}\n${output}`).toBe(id);
      }
      for (const line of one.right) {
        const { id: found, output } = await noticed(lab, line);
        expect(found, `${line}\n${output}`).toBeUndefined();
      }
    },
  );

  it('are there for every misconception', () => {
    expect(Object.keys(detectors).sort()).toEqual(misconceptions.map(({ id }) => id).sort());
  });

  it('are all tried here', () => {
    expect([...new Set(cases.map(({ id }) => id))].sort()).toEqual(Object.keys(detectors).sort());
  });
});

describe('the list of misconceptions', () => {
  it('has every row of what people get wrong once, in both languages', () => {
    expect(misconceptions).toHaveLength(34);
    expect(new Set(misconceptions.map(({ id }) => id)).size).toBe(34);
    for (const { belief, truth } of misconceptions) {
      for (const { ko, en } of [belief, truth]) {
        expect(ko).toMatch(/다\.$/);
        expect(en).not.toMatch(/[가-힣]/);
      }
    }
  });
});
