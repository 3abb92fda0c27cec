import type { Scenario } from '../types';
import { clientPod } from './manifests';

/** Says containerPort 8080; the program is told to listen on 5000. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: catalog
spec:
  replicas: 2
  selector:
    matchLabels:
      app: catalog
  template:
    metadata:
      labels:
        app: catalog
    spec:
      containers:
      - name: catalog
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=5000"]
        ports:
        - containerPort: 8080
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: catalog
spec:
  selector:
    app: catalog
  ports:
  - port: 80
    targetPort: 8080
`;

const rolledOut = 'kubectl rollout status deployment catalog';

/** A Service that sends to a port on which nothing listens. */
export const labTargetPort: Scenario = {
  name: 'lab-target-port',
  cloud: 'openstack',
  manifests: [deployment, service, clientPod],
  files: { 'catalog.yaml': deployment, 'catalog-service.yaml': service },
  goals: [
    {
      id: 'catalog-answers',
      title: {
        ko: '파드 client가 서비스 catalog의 80번 포트에서 응답을 받는다',
        en: 'The client pod gets an answer from Service catalog on port 80',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'catalog',
          path: ['spec', 'ports', 0, 'port'],
          equals: 80,
          failure: {
            ko: '서비스 catalog의 `port`는 부르는 쪽이 쓰는 번호다. 부르는 쪽은 모두 80을 쓰므로 80이어야 한다.',
            en: 'The `port` of Service catalog is the number callers use. They all use 80, so it has to be 80.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/catalog',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '서비스 catalog에서 응답을 받지 못했다. 패킷이 가는 포트에서 듣는 프로그램이 없다. `containerPort`를 고치거나 파드를 다시 시작해도 프로그램이 듣는 포트와 `targetPort`는 그대로다.',
            en: 'No answer from Service catalog: nothing listens on the port the packet is sent to. Changing `containerPort` or restarting pods moves neither the port the program listens on nor `targetPort`.',
          },
        },
      ],
      hints: [
        {
          ko: '엔드포인트에 적힌 포트와 프로그램이 듣는 포트를 따로 확인한다. 둘을 견준 사람은 아직 없다.',
          en: 'Check two things separately: the port in the endpoints, and the port the program listens on. Nobody has compared them yet.',
        },
        {
          ko: '`kubectl logs`나 `Args`에 프로그램이 듣는 포트가 나온다. `containerPort`는 증거가 아니다.',
          en: '`kubectl logs` or `Args` tells which port the program listens on. `containerPort` is no evidence.',
        },
        {
          ko: '`catalog-service.yaml`의 `targetPort`를 5000으로 고쳐 적용하거나, `catalog.yaml`의 `--http-port`를 8080으로 고쳐 적용한다.',
          en: 'Change `targetPort` to 5000 in `catalog-service.yaml` and apply it, or change `--http-port` to 8080 in `catalog.yaml` and apply that.',
        },
      ],
      solution: [
        `sed -i 's/targetPort: 8080/targetPort: 5000/' catalog-service.yaml`,
        'kubectl apply -f catalog-service.yaml',
        'kubectl exec client -- curl -s http://catalog/hostname',
      ],
      alternatives: [[`sed -i 's/http-port=5000/http-port=8080/' catalog.yaml`, 'kubectl apply -f catalog.yaml', rolledOut]],
      mistakes: [
        {
          lines: [`sed -i 's/port: 80$/port: 5000/' catalog-service.yaml`, 'kubectl apply -f catalog-service.yaml'],
          failedCheck: 0,
        },
        {
          lines: [`sed -i 's/containerPort: 8080/containerPort: 5000/' catalog.yaml`, 'kubectl apply -f catalog.yaml', rolledOut],
          failedCheck: 1,
        },
        { lines: ['kubectl rollout restart deployment catalog', rolledOut], failedCheck: 1 },
        {
          lines: [`sed -i 's/targetPort: 8080/targetPort: 80/' catalog-service.yaml`, 'kubectl apply -f catalog-service.yaml'],
          failedCheck: 1,
        },
      ],
    },
  ],
};
