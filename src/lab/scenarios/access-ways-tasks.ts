import type { Goal } from '../types';

const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 8080
`;

/** Its probe asks on a port where nothing listens, so that its pod runs and is never ready. */
export const draft = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: draft
spec:
  replicas: 1
  selector:
    matchLabels:
      app: draft
  template:
    metadata:
      labels:
        app: draft
    spec:
      containers:
      - name: draft
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        readinessProbe:
          httpGet:
            path: /healthz
            port: 8081
          periodSeconds: 1
---
apiVersion: v1
kind: Service
metadata:
  name: draft
spec:
  selector:
    app: draft
  ports:
  - port: 80
    targetPort: 8080
`;

export const accessWaysFiles = { 'test.yaml': service, 'draft.yaml': draft };

export const accessWaysTasks: Goal[] = [
  {
    id: 'draft-through-service',
    title: {
      ko: '파드 client가 서비스 draft의 80번 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from Service draft on port 80',
    },
    checks: [
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/draft',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 draft에서 응답을 받지 못했다. port-forward로 되는 것은 상관이 없다. 서비스는 준비된(Ready) 파드에만 보낸다. `kubectl get pods -l app=draft`의 `READY` 열을 본다.',
          en: 'The client pod got no answer from Service draft. That port-forward works does not matter here: the Service sends to ready pods only. Look at `READY` in `kubectl get pods -l app=draft`.',
        },
      },
    ],
    hints: [
      {
        ko: '`kubectl describe pods -l app=draft`의 마지막에 파드가 준비되지 않은 까닭이 나온다.',
        en: 'The end of `kubectl describe pods -l app=draft` says why the pod is not ready.',
      },
      {
        ko: '준비성 프로브가 부르는 포트에는 듣는 것이 없다. 프로그램은 8080번에서 듣는다.',
        en: 'Nothing listens on the port that the readiness probe asks. The program listens on 8080.',
      },
      {
        ko: '`draft.yaml`에서 프로브의 `port: 8081`을 `port: 8080`으로 고치고 `kubectl apply -f draft.yaml`을 실행한다.',
        en: 'Change the probe’s `port: 8081` to `port: 8080` in `draft.yaml` and run `kubectl apply -f draft.yaml`.',
      },
    ],
    solution: [
      `sed -i 's/port: 8081/port: 8080/' draft.yaml`,
      'kubectl apply -f draft.yaml',
      'kubectl rollout status deployment/draft',
      'kubectl exec client -- curl -s http://draft/hostname',
    ],
    alternatives: [[`kubectl patch svc draft -p '{"spec":{"publishNotReadyAddresses":true}}'`, 'sleep 2']],
    mistakes: [{ lines: ['kubectl port-forward svc/draft 8080:80 &', 'curl -s http://localhost:8080/hostname'], failedCheck: 0 }],
  },
  {
    id: 'from-laptop',
    title: {
      ko: '노트북이 kubectl 없이 192.168.0.11:30080에서 test 파드의 응답을 받는다',
      en: 'Without kubectl, the laptop gets an answer from a test pod at 192.168.0.11:30080',
    },
    checks: [
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.11',
        port: 30080,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.11:30080에서 응답을 받지 못했다. 클러스터 IP와 port-forward로는 이 주소가 열리지 않는다.',
          en: 'The laptop got no answer at 192.168.0.11:30080. Neither a cluster IP nor port-forward opens that address.',
        },
      },
    ],
    hints: [
      {
        ko: '모든 노드의 주소에서 열리는 포트를 주는 타입이 있다.',
        en: 'One type of Service can be called on a port at the address of every node.',
      },
      {
        ko: '타입은 NodePort이고, 번호를 정하려면 `nodePort`를 적는다.',
        en: 'The type is NodePort. Write `nodePort` to choose the number.',
      },
      {
        ko: '`test.yaml`에 `type: NodePort`와 포트의 `nodePort: 30080`을 적고 적용한다.',
        en: 'Write `type: NodePort` and, for the port, `nodePort: 30080` into `test.yaml`, and apply the file.',
      },
    ],
    solution: [
      `sed -i 's|^spec:|spec:\\n  type: NodePort|; s|targetPort: 8080|targetPort: 8080\\n    nodePort: 30080|' test.yaml`,
      'kubectl apply -f test.yaml',
      'curl -s http://192.168.0.11:30080/hostname',
    ],
    alternatives: [
      ['kubectl create service nodeport test --tcp=80:8080 --node-port=30080', 'sleep 2'],
      ['kubectl expose deployment test --port=30080 --target-port=8080 --external-ip=192.168.0.11', 'sleep 2'],
    ],
    mistakes: [
      { lines: ['kubectl apply -f test.yaml', 'kubectl port-forward svc/test 30080:80 &'], failedCheck: 0 },
      { lines: ['kubectl expose deployment test --port=30080 --target-port=8080 --type=LoadBalancer'], failedCheck: 0 },
    ],
  },
];
