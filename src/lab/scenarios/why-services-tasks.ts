import type { Goal } from '../types';

/** A Service without a selector, in front of pods whose label is not the Deployment's name. */
const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: storefront
  template:
    metadata:
      labels:
        app: storefront
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - port: 80
    targetPort: 80
`;

export const whyServicesFiles = { 'web.yaml': web };

export const whyServicesTasks: Goal[] = [
  {
    id: 'web-selector',
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
        path: ['spec', 'clusterIP'],
        failure: {
          ko: '이름이 web인 서비스가 아직 없다. `web.yaml`을 적용한다.',
          en: 'There is no Service named web yet. Apply `web.yaml`.',
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
          ko: '서비스 web은 있지만 응답하는 파드가 없다. 셀렉터와 파드의 레이블을 견주어 본다.',
          en: 'Service web exists, but no pod answers. Compare its selector with the labels of the pods.',
        },
      },
    ],
    hints: [
      {
        ko: '파드에 실제로 붙은 레이블은 `kubectl get pods --show-labels`로 본다.',
        en: '`kubectl get pods --show-labels` shows the labels that the pods actually have.',
      },
      {
        ko: '서비스의 `spec`에 `selector`를 두고, 디플로이먼트의 `template`에 있는 레이블을 그대로 적는다.',
        en: 'Add a `selector` to the Service’s `spec`, with exactly the label that is in the Deployment’s `template`.',
      },
      {
        ko: '서비스의 `spec` 아래에 `selector:`를, 그 아래에 `app: storefront`를 적고 다시 적용한다.',
        en: 'Write `selector:` under the Service’s `spec`, and `app: storefront` below it, indented. Then apply again.',
      },
    ],
    solution: [
      `printf '  selector:\\n    app: storefront\\n' >> web.yaml`,
      'kubectl apply -f web.yaml',
      'sleep 5',
      'kubectl exec client -- curl -s -o /dev/null http://web',
    ],
    mistakes: [{ lines: ['kubectl apply -f web.yaml', 'sleep 5'], failedCheck: 1 }],
  },
  {
    id: 'shop-from-scratch',
    title: {
      ko: '파드 client가 파드 세 개짜리 앱 shop을 http://shop으로 부른다',
      en: 'The client pod calls shop, an app with three pods, at http://shop',
    },
    checks: [
      {
        kind: 'object',
        resource: 'deployments',
        namespace: 'default',
        name: 'shop',
        path: ['status', 'readyReplicas'],
        equals: 3,
        failure: {
          ko: '디플로이먼트 shop의 준비된 파드가 아직 세 개가 아니다.',
          en: 'Deployment shop does not have three ready pods yet.',
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
          ko: '파드 client가 서비스 shop의 80번 포트에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from Service shop on port 80.',
        },
      },
    ],
    hints: [
      {
        ko: '두 가지가 필요하다. 파드를 만들고 그 개수를 지키는 것 하나, 그 앞에 두는 것 하나.',
        en: 'You need two objects: one that creates the pods and keeps their number, and one in front of them.',
      },
      {
        ko: '`kubectl create deployment`와 `kubectl expose`를 차례로 쓴다. 도움말은 `--help`로 본다.',
        en: 'Use `kubectl create deployment`, then `kubectl expose`. `--help` shows their flags.',
      },
      {
        ko: '`kubectl create deployment shop --image=nginx:1.27 --replicas=3`을 실행한 다음 `kubectl expose deployment shop --port=80`을 실행한다.',
        en: 'Run `kubectl create deployment shop --image=nginx:1.27 --replicas=3`, then `kubectl expose deployment shop --port=80`.',
      },
    ],
    solution: [
      'kubectl create deployment shop --image=nginx:1.27 --replicas=3',
      'kubectl expose deployment shop --port=80',
      'sleep 5',
      'kubectl exec client -- curl -s -o /dev/null http://shop',
    ],
    mistakes: [
      {
        lines: ['kubectl create deployment shop --image=nginx:1.27', 'kubectl expose deployment shop --port=80', 'sleep 5'],
        failedCheck: 0,
      },
      { lines: ['kubectl create deployment shop --image=nginx:1.27 --replicas=3', 'sleep 5'], failedCheck: 1 },
    ],
  },
];
