import type { Scenario } from '../types';
import { endpointsFiles, endpointsTasks } from './endpoints-tasks';
import { clientPod } from './manifests';

/** The Deployment's name is not the label of its pods: a selector that copies the name finds none. */
const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
        tier: front
    spec:
      containers:
      - name: web
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
`;

/** Runs and answers, but its probe asks a port on which nothing listens. */
const webNew = `apiVersion: v1
kind: Pod
metadata:
  name: web-new
  labels:
    app: shop
spec:
  containers:
  - name: web
    image: registry.k8s.io/e2e-test-images/agnhost:2.53
    args: ["netexec", "--http-port=8080"]
    readinessProbe:
      httpGet:
        path: /healthz
        port: 9090
`;

/** From selector to EndpointSlice to rules: who is in a Service, and who is not yet. */
export const endpoints: Scenario = {
  name: 'endpoints',
  cloud: 'openstack',
  manifests: [web, clientPod],
  files: { 'web.yaml': service, 'web-new.yaml': webNew, ...endpointsFiles },
  goals: [
    {
      id: 'select-shop',
      title: {
        ko: '파드 client가 서비스 web의 80번 포트에서 응답을 받는다',
        en: 'The client pod gets an answer from Service web on port 80',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'web',
          path: ['spec', 'selector'],
          failure: {
            ko: '셀렉터를 가진 서비스 web이 없다. `web.yaml`을 적용한다.',
            en: 'There is no Service web with a selector. Apply `web.yaml`.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/web',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '파드 client가 서비스 web에서 응답을 받지 못했다. 셀렉터의 키와 값이 파드의 레이블에 그대로 있는지 본다.',
            en: 'The client pod got no answer from Service web. See whether the pods carry the selector’s key and value, letter for letter.',
          },
        },
      ],
      hints: [
        {
          ko: '`kubectl get pods --show-labels`로 파드의 레이블을 보고, `kubectl describe svc web`의 `Selector`와 견준다.',
          en: 'Look at the pods’ labels with `kubectl get pods --show-labels` and compare them with `Selector` in `kubectl describe svc web`.',
        },
        {
          ko: '셀렉터에 적을 것은 디플로이먼트의 이름이 아니라 파드의 레이블이다.',
          en: 'What belongs in the selector is a label of the pods, not the name of their Deployment.',
        },
        {
          ko: '`web.yaml`의 `app: web`을 `app: shop`으로 고치고 `kubectl apply -f web.yaml`을 실행한다.',
          en: 'Change `app: web` to `app: shop` in `web.yaml` and run `kubectl apply -f web.yaml`.',
        },
      ],
      solution: [`sed -i 's/app: web/app: shop/' web.yaml`, 'kubectl apply -f web.yaml'],
      alternatives: [['kubectl apply -f web.yaml', 'kubectl set selector svc web app=shop']],
      mistakes: [
        { lines: ['kubectl apply -f web.yaml'], failedCheck: 1 },
        { lines: ['kubectl apply -f web.yaml', 'kubectl label deployment web app=web'], failedCheck: 1 },
      ],
    },
    ...endpointsTasks,
  ],
};
