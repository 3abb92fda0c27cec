import type { Scenario } from '../types';
import { clientPod } from './manifests';
import { portsFiles, portsTasks } from './ports-tasks';

/** Declares a port, 3000, on which nothing listens; its program listens on 8080. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
      - name: shop
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - name: http
          containerPort: 3000
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: NodePort
  selector:
    app: shop
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080
`;

/** The numbers of a Service port, where each of them holds, and ports that go by a name. */
export const ports: Scenario = {
  name: 'ports',
  cloud: 'openstack',
  manifests: [deployment, clientPod],
  files: { 'shop.yaml': service, 'shop-deployment.yaml': deployment, ...portsFiles },
  goals: [
    {
      id: 'by-name',
      title: {
        ko: '서비스 shop이 targetPort를 이름 http로 두고 80번 포트에서 응답한다',
        en: 'Service shop answers on port 80 with its targetPort written as the name http',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'shop',
          path: ['spec', 'ports', 0, 'targetPort'],
          equals: 'http',
          failure: {
            ko: '서비스 shop의 targetPort가 이름 http가 아니다.',
            en: 'The targetPort of Service shop is not the name http.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/shop',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '파드가 연결을 거절한다. 이름 http가 가리키는 번호, 곧 파드의 containerPort가 프로그램이 듣는 포트와 같아야 한다.',
            en: 'The pod refuses the connection. The number that http stands for, the pod’s containerPort, must be the port its program listens on.',
          },
        },
      ],
      hints: [
        {
          ko: '`kubectl describe svc shop`의 `Endpoints`에서 이름이 어떤 번호가 되었는지 본다.',
          en: '`Endpoints` in `kubectl describe svc shop` shows which number the name has become.',
        },
        {
          ko: '이름과 번호를 이어 주는 것은 파드의 `ports`다. 프로그램이 듣는 포트는 `args`에 적혀 있다.',
          en: 'The pod’s `ports` say which number the name stands for. `args` says where the program listens.',
        },
        {
          ko: '`shop-deployment.yaml`의 `containerPort: 3000`을 `containerPort: 8080`으로 고치고 적용한다.',
          en: 'Change `containerPort: 3000` to `containerPort: 8080` in `shop-deployment.yaml` and apply it.',
        },
      ],
      solution: [
        `sed -i 's/targetPort: 8080/targetPort: http/' shop.yaml`,
        'kubectl apply -f shop.yaml',
        `sed -i 's/containerPort: 3000/containerPort: 8080/' shop-deployment.yaml`,
        'kubectl apply -f shop-deployment.yaml',
        'kubectl rollout status deployment shop',
      ],
      alternatives: [
        [
          `sed -i 's/targetPort: 8080/targetPort: http/' shop.yaml`,
          'kubectl apply -f shop.yaml',
          `sed -i 's/http-port=8080/http-port=3000/' shop-deployment.yaml`,
          'kubectl apply -f shop-deployment.yaml',
          'kubectl rollout status deployment shop',
        ],
      ],
      mistakes: [
        { lines: ['kubectl apply -f shop.yaml'], failedCheck: 0 },
        { lines: [`sed -i 's/targetPort: 8080/targetPort: http/' shop.yaml`, 'kubectl apply -f shop.yaml'], failedCheck: 1 },
      ],
    },
    ...portsTasks,
  ],
};
