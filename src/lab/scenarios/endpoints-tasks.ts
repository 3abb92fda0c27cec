import type { Goal } from '../types';

/** Asks for two labels; the pods have one of them. */
const orders = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 2
  selector:
    matchLabels:
      app: orders
  template:
    metadata:
      labels:
        app: orders
        tier: backend
    spec:
      containers:
      - name: orders
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
---
apiVersion: v1
kind: Service
metadata:
  name: orders
spec:
  selector:
    app: orders
    tier: back
  ports:
  - port: 80
    targetPort: 8080
`;

/** Its pods run, but none gets ready. */
const report = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: report
spec:
  replicas: 2
  selector:
    matchLabels:
      app: report
  template:
    metadata:
      labels:
        app: report
    spec:
      containers:
      - name: report
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        readinessProbe:
          httpGet:
            path: /healthz
            port: 8000
---
apiVersion: v1
kind: Service
metadata:
  name: report
spec:
  selector:
    app: report
  ports:
  - port: 80
    targetPort: 8080
`;

export const endpointsFiles = { 'orders.yaml': orders, 'report.yaml': report };

const rolledOut = 'kubectl rollout status deployment orders';

export const endpointsTasks: Goal[] = [
  {
    id: 'both-labels',
    title: {
      ko: '파드 client가 서비스 orders의 80번 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from Service orders on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'orders',
        path: ['spec', 'selector'],
        failure: {
          ko: '셀렉터를 가진 서비스 orders가 없다. `orders.yaml`을 적용한다.',
          en: 'There is no Service orders with a selector. Apply `orders.yaml`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/orders',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 orders에서 응답을 받지 못했다. 셀렉터에 적힌 레이블은 하나도 빠짐없이 같은 값으로 파드에 있어야 한다.',
          en: 'The client pod got no answer from Service orders. A pod must carry every label of the selector, each with the same value.',
        },
      },
    ],
    hints: [
      {
        ko: '`kubectl get pods -l app=orders --show-labels`는 파드를 찾는다. 그렇다면 맞지 않는 것은 다른 쪽 레이블이다.',
        en: '`kubectl get pods -l app=orders --show-labels` finds the pods, so the other label does not match.',
      },
      {
        ko: '셀렉터의 `tier: back`은 `tier: backend`의 앞부분일 뿐, 같은 값이 아니다.',
        en: '`tier: back` in the selector is the beginning of `tier: backend`, not the same value.',
      },
      {
        ko: '서비스의 `tier: back`을 `tier: backend`로 고치거나 그 줄을 지우고, `kubectl apply -f orders.yaml`을 실행한다.',
        en: 'Change `tier: back` in the Service to `tier: backend`, or remove the line, and run `kubectl apply -f orders.yaml`.',
      },
    ],
    solution: [`sed -i 's/tier: back$/tier: backend/' orders.yaml`, 'kubectl apply -f orders.yaml', rolledOut],
    alternatives: [
      [`sed -i '/tier: back$/d' orders.yaml`, 'kubectl apply -f orders.yaml', rolledOut],
      ['kubectl apply -f orders.yaml', rolledOut, 'kubectl label pods -l app=orders tier=back --overwrite'],
    ],
    mistakes: [
      { lines: ['kubectl apply -f orders.yaml', rolledOut], failedCheck: 1 },
      { lines: ['kubectl apply -f orders.yaml', 'kubectl rollout restart deployment orders', rolledOut], failedCheck: 1 },
    ],
  },
  {
    id: 'ready-report',
    title: {
      ko: '파드 client가 서비스 report의 80번 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from Service report on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'report',
        path: ['spec', 'selector'],
        failure: {
          ko: '셀렉터를 가진 서비스 report가 없다. `report.yaml`을 적용한다.',
          en: 'There is no Service report with a selector. Apply `report.yaml`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/report',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 report에서 응답을 받지 못했다. 파드가 Running이어도 `READY`가 `0/1`이면 서비스는 그 파드로 보내지 않는다.',
          en: 'The client pod got no answer from Service report. A pod may be Running, but while `READY` says `0/1` the Service sends it nothing.',
        },
      },
    ],
    hints: [
      {
        ko: '`kubectl get pods -l app=report`에서 `STATUS`가 아니라 `READY`를 본다.',
        en: 'In `kubectl get pods -l app=report`, look at `READY`, not at `STATUS`.',
      },
      {
        ko: '`kubectl describe pods -l app=report`의 `Events`에 준비성 프로브가 어느 포트를 불렀고 무슨 답을 받았는지 적혀 있다.',
        en: '`Events` in `kubectl describe pods -l app=report` says which port the readiness probe called and what came back.',
      },
      {
        ko: '프로그램은 8080에서 듣는다. `report.yaml`의 `port: 8000`을 `port: 8080`으로 고치고 `kubectl apply -f report.yaml`을 실행한다.',
        en: 'The program listens on 8080. Change `port: 8000` to `port: 8080` in `report.yaml` and run `kubectl apply -f report.yaml`.',
      },
    ],
    solution: [
      `sed -i 's/port: 8000/port: 8080/' report.yaml`,
      'kubectl apply -f report.yaml',
      'kubectl rollout status deployment report',
    ],
    alternatives: [
      [
        'kubectl apply -f report.yaml',
        `kubectl patch deployment report --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'`,
        'kubectl rollout status deployment report',
      ],
      [
        'kubectl apply -f report.yaml',
        `kubectl patch deployment report --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--http-port=8000"}]'`,
        'kubectl rollout status deployment report',
        `kubectl patch svc report -p '{"spec":{"ports":[{"port":80,"targetPort":8000}]}}'`,
      ],
    ],
    mistakes: [
      { lines: ['kubectl apply -f report.yaml'], failedCheck: 1 },
      {
        lines: [
          'kubectl apply -f report.yaml',
          'kubectl rollout restart deployment report',
          'kubectl scale deployment report --replicas=4',
        ],
        failedCheck: 1,
      },
    ],
  },
];
