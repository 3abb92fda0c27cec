import type { Scenario } from '../types';
import { clientPod } from './manifests';

/** The name of the exporter's port was changed here. */
const deployment = `apiVersion: apps/v1
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
    spec:
      containers:
      - name: orders
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - name: web
          containerPort: 8080
      - name: exporter
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=9090", "--udp-port=-1"]
        ports:
        - name: http-metrics
          containerPort: 9090
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: orders
spec:
  selector:
    app: orders
  ports:
  - name: http
    port: 80
    targetPort: web
  - name: metrics
    port: 9100
    targetPort: metrics
`;

const rolledOut = 'kubectl rollout status deployment orders';

/** One of a Service's two ports asks for a name that no container port has. */
export const labNamedPort: Scenario = {
  name: 'lab-named-port',
  cloud: 'openstack',
  manifests: [deployment, service, clientPod],
  files: { 'orders.yaml': deployment, 'orders-service.yaml': service },
  goals: [
    {
      id: 'metrics-answer',
      title: {
        ko: '파드 client가 서비스 orders의 80번과 9100번 포트에서 모두 응답을 받는다',
        en: 'The client pod gets answers from Service orders on port 80 and on port 9100',
      },
      checks: [
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/orders',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '서비스 orders의 80번에서 응답을 받지 못했다. 이쪽은 처음부터 되던 포트다. `targetPort: web`이라는 이름과 컨테이너 포트의 이름이 아직 같은지 본다.',
            en: 'No answer from Service orders on port 80, which worked before. See whether the name in `targetPort: web` is still the name of a container port.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/orders',
          port: 9100,
          outcome: 'answered',
          failure: {
            ko: '서비스 orders의 9100번에서 응답을 받지 못했다. `targetPort`에 적은 이름은 파드의 컨테이너 포트에서 찾는다. 서비스 포트의 `name`이나 번호 9100은 여기에 쓰이지 않는다.',
            en: 'No answer from Service orders on port 9100. A name in `targetPort` is looked for among the container ports of the pods. The `name` of the Service’s port and the number 9100 play no part in that.',
          },
        },
      ],
      hints: [
        {
          ko: '두 포트를 따로 본다. `kubectl describe svc orders`에서 한쪽에는 있고 한쪽에는 없는 것이 있다.',
          en: 'Look at the two ports separately. In `kubectl describe svc orders`, one of them has something that the other lacks.',
        },
        {
          ko: '`targetPort: metrics`는 이름이다. 파드의 컨테이너 포트 가운데 그런 이름이 있는지 찾는다.',
          en: '`targetPort: metrics` is a name. See whether a container port of the pods has it.',
        },
        {
          ko: '`orders-service.yaml`의 `targetPort: metrics`를 `http-metrics`로 고쳐 적용하거나, `orders.yaml`의 포트 이름을 `metrics`로 되돌려 적용한다.',
          en: 'Change `targetPort: metrics` to `http-metrics` in `orders-service.yaml` and apply it, or change the name of the port back to `metrics` in `orders.yaml` and apply that.',
        },
      ],
      solution: [
        `sed -i 's/targetPort: metrics/targetPort: http-metrics/' orders-service.yaml`,
        'kubectl apply -f orders-service.yaml',
        'kubectl exec client -- curl -s http://orders:9100/hostname',
      ],
      alternatives: [
        [`sed -i 's/name: http-metrics/name: metrics/' orders.yaml`, 'kubectl apply -f orders.yaml', rolledOut],
        [`sed -i 's/targetPort: metrics/targetPort: 9090/' orders-service.yaml`, 'kubectl apply -f orders-service.yaml'],
      ],
      mistakes: [
        {
          lines: [`sed -i 's/name: metrics/name: http-metrics/' orders-service.yaml`, 'kubectl apply -f orders-service.yaml'],
          failedCheck: 1,
        },
        {
          lines: [`sed -i 's/targetPort: metrics/targetPort: 9100/' orders-service.yaml`, 'kubectl apply -f orders-service.yaml'],
          failedCheck: 1,
        },
        { lines: ['kubectl rollout restart deployment orders', rolledOut], failedCheck: 1 },
        {
          lines: [
            `sed -i 's/targetPort: .*/targetPort: http-metrics/' orders-service.yaml; sed -i 's/name: web/name: www/' orders.yaml`,
            'kubectl apply -f orders.yaml',
            rolledOut,
            'sleep 3',
          ],
          failedCheck: 0,
        },
      ],
    },
  ],
};
