import type { Scenario } from '../types';
import { clientPod } from './manifests';

/** The new release's pods say v2; the Service below still asks for v1. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
spec:
  replicas: 2
  selector:
    matchLabels:
      app: checkout
  template:
    metadata:
      labels:
        app: checkout
        version: v2
    spec:
      containers:
      - name: checkout
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - containerPort: 8080
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: checkout
spec:
  selector:
    app: checkout
    version: v1
  ports:
  - port: 80
    targetPort: 8080
`;

const rolledOut = 'kubectl rollout status deployment checkout';

/** A Service that selects the release before. */
export const labSelector: Scenario = {
  name: 'lab-selector',
  cloud: 'openstack',
  manifests: [deployment, service, clientPod],
  files: { 'checkout.yaml': deployment, 'checkout-service.yaml': service },
  goals: [
    {
      id: 'checkout-answers',
      title: {
        ko: '파드 client가 서비스 checkout의 80번 포트에서 응답을 받는다',
        en: 'The client pod gets an answer from Service checkout on port 80',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'checkout',
          path: ['spec', 'selector'],
          failure: {
            ko: '셀렉터를 가진 서비스 checkout이 없다. `checkout-service.yaml`을 적용하면 다시 생긴다.',
            en: 'There is no Service checkout with a selector. Apply `checkout-service.yaml` to have it again.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/checkout',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '서비스 checkout에서 응답을 받지 못했다. 엔드포인트가 비어 있으면 셀렉터에 맞는 파드가 없는 것이다. 파드를 다시 시작하거나 늘려도 레이블은 그대로다. 엔드포인트가 있으면 `targetPort`가 8080인지 본다.',
            en: 'No answer from Service checkout. If it has no endpoints, no pod matches its selector: restarting pods or adding more leaves their labels as they are. If it has endpoints, see whether `targetPort` is 8080.',
          },
        },
      ],
      hints: [
        {
          ko: '`kubectl describe svc checkout`에서 `Endpoints`가 비어 있다. 프로그램보다 먼저, 셀렉터가 어느 파드를 골랐는지 본다.',
          en: '`Endpoints` in `kubectl describe svc checkout` is empty. Before the program, look at who is selected.',
        },
        {
          ko: '`kubectl get pods --show-labels`의 `version`과 셀렉터의 `version`을 견준다.',
          en: 'Compare `version` in `kubectl get pods --show-labels` with `version` in the selector.',
        },
        {
          ko: '`kubectl set selector svc checkout app=checkout`을 실행하거나, `checkout-service.yaml`의 `version`을 v2로 고쳐 적용한다.',
          en: 'Run `kubectl set selector svc checkout app=checkout`, or change `version` to v2 in `checkout-service.yaml` and apply it.',
        },
      ],
      solution: ['kubectl set selector svc checkout app=checkout', 'kubectl exec client -- curl -s http://checkout/hostname'],
      alternatives: [
        [`sed -i 's/version: v1/version: v2/' checkout-service.yaml`, 'kubectl apply -f checkout-service.yaml'],
        [`sed -i 's/version: v2/version: v1/' checkout.yaml`, 'kubectl apply -f checkout.yaml', rolledOut],
        ['kubectl delete svc checkout', 'kubectl expose deployment checkout --port=80 --target-port=8080'],
      ],
      mistakes: [
        { lines: ['kubectl delete svc checkout'], failedCheck: 0 },
        { lines: ['kubectl delete svc checkout', 'kubectl expose deployment checkout --port=80'], failedCheck: 1 },
        { lines: ['kubectl rollout restart deployment checkout', rolledOut], failedCheck: 1 },
        { lines: ['kubectl scale deployment checkout --replicas=5', rolledOut], failedCheck: 1 },
        { lines: ['kubectl label deployment checkout version=v1'], failedCheck: 1 },
      ],
    },
  ],
};
