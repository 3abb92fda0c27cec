import type { Check, Scenario } from '../types';

/** Two pods for three nodes. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - containerPort: 8080
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30088
`;

const answered = (address: string): Check => ({
  kind: 'probe',
  from: 'internet',
  protocol: 'TCP',
  address,
  port: 30088,
  outcome: 'answered',
  failure: {
    ko: `노트북이 ${address}:30088에서 응답을 받지 못했다. \`externalTrafficPolicy: Local\`이면 그 노드에 준비된 파드가 있어야 한다. 파드가 어느 노드에 있는지 본다.`,
    en: `The laptop got no answer at ${address}:30088. With \`externalTrafficPolicy: Local\`, that very node needs a ready pod. See which nodes the pods are on.`,
  },
});

const rolledOut = 'kubectl rollout status deployment web';

/** A node without a pod drops what comes to a Service with the policy Local. */
export const labLocal: Scenario = {
  name: 'lab-local',
  cloud: 'openstack',
  manifests: [deployment, service],
  files: { 'web.yaml': deployment, 'web-service.yaml': service },
  goals: [
    {
      id: 'every-node-answers',
      title: {
        ko: '노트북이 세 노드의 30088번 포트에서 모두 응답을 받고, 파드는 노트북의 주소를 본다',
        en: 'The laptop gets an answer on port 30088 of all three nodes, and the pods see the laptop’s address',
      },
      checks: [
        ...['192.168.0.11', '192.168.0.12', '192.168.0.13'].map(answered),
        {
          kind: 'probe',
          from: 'internet',
          protocol: 'TCP',
          address: '192.168.0.13',
          port: 30088,
          outcome: 'answered',
          sourceKept: true,
          failure: {
            ko: '세 노드가 모두 응답하지만 파드는 노드의 주소를 본다. `externalTrafficPolicy: Cluster`는 출발지 주소를 바꾸므로 접속 기록에 고객의 주소가 남지 않는다. Local을 두고 모든 노드에 파드를 둔다.',
            en: 'All three nodes answer, but the pods see a node’s address. `externalTrafficPolicy: Cluster` changes the source, so the access log loses the customers’ addresses. Keep Local and have a pod on every node.',
          },
        },
      ],
      hints: [
        {
          ko: '`kubectl get pods -l app=web -o wide`에서 파드가 없는 노드를 찾는다. 응답하지 않는 노드와 견준다.',
          en: 'Find the node without a pod in `kubectl get pods -l app=web -o wide`, and compare it with the node that does not answer.',
        },
        {
          ko: '`externalTrafficPolicy: Local`은 다른 노드의 파드로 보내지 않는다. 그 대신 출발지 주소를 지킨다. 기록 때문에 Local이 필요하다면 바꿀 것은 파드가 있는 곳이다.',
          en: '`externalTrafficPolicy: Local` never sends to a pod on another node. In return it keeps the source. If the log needs Local, what has to change is where the pods are.',
        },
        {
          ko: '`kubectl scale deployment web --replicas=3`을 실행하고, 노드마다 하나씩 있는지 `-o wide`로 확인한다.',
          en: 'Run `kubectl scale deployment web --replicas=3`, and see with `-o wide` that each node has one.',
        },
      ],
      solution: ['kubectl scale deployment web --replicas=3', rolledOut, 'kubectl get pods -l app=web -o wide'],
      alternatives: [
        [
          `kubectl run web-3 --image=registry.k8s.io/e2e-test-images/agnhost:2.53 --labels=app=web --overrides='{"spec":{"nodeName":"node-3"}}' -- netexec --http-port=8080`,
          'kubectl wait --for=condition=Ready pod/web-3',
        ],
      ],
      mistakes: [
        { lines: [`kubectl patch svc web -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`], failedCheck: 3 },
        { lines: [`kubectl patch svc web -p '{"spec":{"internalTrafficPolicy":"Local"}}'`], failedCheck: 2 },
        { lines: ['kubectl delete svc web', 'kubectl apply -f web-service.yaml'], failedCheck: 2 },
      ],
    },
  ],
};
