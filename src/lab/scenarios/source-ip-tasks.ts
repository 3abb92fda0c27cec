import type { Check, Goal, Localized } from '../types';

/** Asks for a health check port, which only a Service with the policy Local has. */
const checked = `apiVersion: v1
kind: Service
metadata:
  name: web-lb
spec:
  type: LoadBalancer
  healthCheckNodePort: 32100
  selector:
    app: web
  ports:
  - port: 80
    nodePort: 30081
`;

export const sourceIpFiles = { 'web-lb.yaml': checked };

/** The laptop calls a node on the port, and the pod sees the laptop's own address. */
const kept = (address: string, port: number, failure: Localized): Check => ({
  kind: 'probe',
  from: 'internet',
  protocol: 'TCP',
  address,
  port,
  outcome: 'answered',
  sourceKept: true,
  failure,
});

const notKept = (address: string): Localized => ({
  ko: `노트북이 ${address}에서 응답을 받지 못했거나, 파드가 본 출발지가 노트북의 주소가 아니다.`,
  en: `Either the laptop got no answer at ${address}, or the pod saw a source other than the laptop’s address.`,
});

export const sourceIpTasks: Goal[] = [
  {
    id: 'keep-source',
    title: {
      ko: '노트북이 node-1과 node-2의 30080을 부르면 파드가 노트북의 주소를 본다',
      en: 'When the laptop calls port 30080 of node-1 and node-2, the pods see the laptop’s address',
    },
    checks: [
      kept('192.168.0.11', 30080, notKept('192.168.0.11:30080')),
      kept('192.168.0.12', 30080, notKept('192.168.0.12:30080')),
    ],
    hints: [
      {
        ko: '출발지를 바꾸는 것은 `externalTrafficPolicy: Cluster`인 서비스의 규칙이다.',
        en: 'The rules of a Service with `externalTrafficPolicy: Cluster` are what changes the source.',
      },
      { ko: '값은 `Cluster`와 `Local` 둘뿐이다.', en: 'The field has two values: `Cluster` and `Local`.' },
      {
        ko: '`web.yaml`을 적용한 다음 `externalTrafficPolicy`를 `Local`로 바꾸어 다시 적용한다.',
        en: 'Apply `web.yaml`, set `externalTrafficPolicy` to `Local` in it and apply it again.',
      },
    ],
    solution: [`sed -i 's/: Cluster/: Local/' web.yaml`, 'kubectl apply -f web.yaml'],
    mistakes: [{ lines: ['kubectl apply -f web.yaml'], failedCheck: 0 }],
  },
  {
    id: 'health-port',
    title: {
      ko: '서비스 web-lb가 node-1의 32100에서 헬스 체크에 답하고, 30081로 온 요청의 출발지를 지킨다',
      en: 'Service web-lb answers health checks on port 32100 of node-1 and keeps the source of requests to port 30081',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'web-lb',
        path: ['spec', 'healthCheckNodePort'],
        equals: 32100,
        failure: {
          ko: '서비스 web-lb의 healthCheckNodePort가 32100이 아니다. `web-lb.yaml`을 고쳐 적용한다. 이 줄을 지우는 것은 답이 아니다.',
          en: 'The healthCheckNodePort of Service web-lb is not 32100. Correct `web-lb.yaml` and apply it. Removing that line is not the answer.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.11',
        port: 32100,
        outcome: 'answered',
        failure: {
          ko: 'node-1이 32100에서 답하지 않는다.',
          en: 'node-1 does not answer on port 32100.',
        },
      },
      kept('192.168.0.11', 30081, notKept('192.168.0.11:30081')),
    ],
    hints: [
      {
        ko: '그대로 적용하고 API 서버의 답을 읽는다.',
        en: 'Apply the file as it is and read what the API server says.',
      },
      {
        ko: '`Cluster`에서는 어느 노드나 받을 수 있어서 노드를 가릴 헬스 체크가 없다. 정책 한 줄이 빠져 있다.',
        en: 'Under `Cluster` every node will do, so there is no health check to tell them apart. One line, the policy, is missing.',
      },
      {
        ko: '`type: LoadBalancer` 아래에 `externalTrafficPolicy: Local`을 더하고 `kubectl apply -f web-lb.yaml`을 실행한다.',
        en: 'Add `externalTrafficPolicy: Local` below `type: LoadBalancer` and run `kubectl apply -f web-lb.yaml`.',
      },
    ],
    solution: [
      `sed -i 's/type: LoadBalancer/type: LoadBalancer\\n  externalTrafficPolicy: Local/' web-lb.yaml`,
      'kubectl apply -f web-lb.yaml',
    ],
    mistakes: [
      { lines: ['kubectl apply -f web-lb.yaml'], failedCheck: 0 },
      { lines: [`sed -i '/healthCheckNodePort/d' web-lb.yaml`, 'kubectl apply -f web-lb.yaml'], failedCheck: 0 },
    ],
  },
  {
    id: 'every-node',
    title: {
      ko: '노트북이 세 노드 가운데 어느 노드의 30080을 불러도 응답이 오고, 파드가 노트북의 주소를 본다',
      en: 'Whichever of the three nodes the laptop calls on port 30080, it gets an answer and the pod sees the laptop’s address',
    },
    checks: [
      kept('192.168.0.11', 30080, notKept('192.168.0.11:30080')),
      kept('192.168.0.12', 30080, notKept('192.168.0.12:30080')),
      kept('192.168.0.13', 30080, {
        ko: 'node-3에서 응답이 없거나 출발지가 바뀐다. `Cluster`로 되돌리면 응답은 오지만 출발지를 잃는다. `Local`을 둔 채, 응답할 파드가 node-3에도 있어야 한다.',
        en: 'node-3 gives no answer or changes the source. Going back to `Cluster` brings the answer and loses the source. Keep `Local`; then node-3 needs a pod of its own.',
      }),
    ],
    hints: [
      {
        ko: '`Local`에서는 파드가 있는 노드만 답한다. node-3에 `app: web` 파드가 있으면 된다.',
        en: 'Under `Local` a node answers if it has a pod. So node-3 needs a pod with the label `app: web`.',
      },
      {
        ko: '디플로이먼트의 `affinity`가 파드를 node-1과 node-2에만 둔다. 그 목록을 고치거나, 파드를 따로 하나 더 둔다.',
        en: 'The `affinity` of the Deployment keeps its pods on node-1 and node-2. Change that list, or add a pod of your own.',
      },
      {
        ko: '`web-deployment.yaml`의 `values`에 `"node-3"`을 더하고 `replicas`를 6으로 고쳐 적용한다. 서비스는 `Local`이어야 한다.',
        en: 'Add `"node-3"` to `values` in `web-deployment.yaml`, set `replicas` to 6 and apply it. The Service has to be `Local`.',
      },
    ],
    solution: [
      `sed -i 's/: Cluster/: Local/' web.yaml`,
      'kubectl apply -f web.yaml',
      `sed -i 's/"node-2"\\]/"node-2", "node-3"]/; s/replicas: 3/replicas: 6/' web-deployment.yaml`,
      'kubectl apply -f web-deployment.yaml',
      'kubectl rollout status deployment web',
    ],
    alternatives: [
      [
        `sed -i 's/: Cluster/: Local/' web.yaml`,
        'kubectl apply -f web.yaml',
        `kubectl run web-3 --image=nginx:1.27 --labels=app=web --overrides='{"spec":{"nodeName":"node-3"}}'`,
        'kubectl wait --for=condition=Ready pod/web-3',
      ],
    ],
    mistakes: [
      { lines: [`sed -i 's/: Cluster/: Local/' web.yaml`, 'kubectl apply -f web.yaml'], failedCheck: 2 },
      { lines: ['kubectl apply -f web.yaml'], failedCheck: 0 },
    ],
  },
];
