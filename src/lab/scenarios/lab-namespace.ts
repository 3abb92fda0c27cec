import type { Scenario } from '../types';

const namespace = (name: string): string => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  namespace: shop
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
        - containerPort: 8080
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: orders
  namespace: shop
spec:
  selector:
    app: orders
  ports:
  - port: 80
    targetPort: 8080
`;

/** Stands for the bought program: it calls http://orders and nothing else. */
const till = `apiVersion: v1
kind: Pod
metadata:
  name: till
  namespace: front
spec:
  nodeName: node-3
  containers:
  - name: till
    image: curlimages/curl:8.10.1
    command: ["sleep", "infinity"]
`;

const externalName = (target: string) => `kubectl create service externalname orders -n front --external-name=${target}`;

/** A short name that means something else in the caller's namespace. */
export const labNamespace: Scenario = {
  name: 'lab-namespace',
  cloud: 'openstack',
  manifests: [namespace('shop'), namespace('front'), deployment, service, till],
  files: { 'orders.yaml': deployment, 'orders-service.yaml': service },
  goals: [
    {
      id: 'till-reaches-orders',
      title: {
        ko: '네임스페이스 front의 파드 till이 http://orders에서 응답을 받는다',
        en: 'The pod till in the namespace front gets an answer from http://orders',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'front',
          name: 'orders',
          path: ['spec'],
          failure: {
            ko: '네임스페이스 front에 orders라는 서비스가 없다. till이 찾는 이름은 `orders.front.svc.cluster.local`이다. default나 shop에 만든 서비스는 이 이름으로 찾을 수 없다.',
            en: 'There is no Service orders in the namespace front. What till looks up is `orders.front.svc.cluster.local`. A Service made in default or in shop is not found by that name.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:front/till',
          protocol: 'TCP',
          address: 'name:orders',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '이름 orders는 이제 front에 있지만 응답이 없다. ExternalName이라면 네임스페이스까지 든 완전한 이름을 가리키는지 본다. 셀렉터가 있는 서비스라면 셀렉터는 자기 네임스페이스의 파드만 고른다.',
            en: 'The name orders is in front now, but there is no answer. If it is an ExternalName, see that it points to the full name, namespace included. If it has a selector: that selects pods of its own namespace only.',
          },
        },
      ],
      hints: [
        {
          ko: '`Could not resolve host`는 이름의 문제다. 파드의 `/etc/resolv.conf`에서 `search` 줄의 첫 이름을 본다.',
          en: '`Could not resolve host` is about the name. Look at the first entry of the `search` line in the pod’s `/etc/resolv.conf`.',
        },
        {
          ko: 'till은 `orders.front.svc.cluster.local`을 찾고 서비스는 `orders.shop.svc.cluster.local`이다. till을 고칠 수 없으니 front에 orders라는 이름이 있어야 한다.',
          en: 'till looks up `orders.front.svc.cluster.local`; the Service is `orders.shop.svc.cluster.local`. As till cannot be changed, the name orders has to exist in front.',
        },
        {
          ko: '`kubectl create service externalname orders -n front --external-name=orders.shop.svc.cluster.local`을 실행한다.',
          en: 'Run `kubectl create service externalname orders -n front --external-name=orders.shop.svc.cluster.local`.',
        },
      ],
      solution: [externalName('orders.shop.svc.cluster.local'), 'kubectl exec -n front till -- curl -s http://orders/hostname'],
      alternatives: [
        [
          `sed -i 's/namespace: shop/namespace: front/' orders.yaml orders-service.yaml`,
          'kubectl apply -f orders.yaml -f orders-service.yaml',
          'kubectl rollout status deployment orders -n front',
        ],
      ],
      mistakes: [
        { lines: ['kubectl create service externalname orders --external-name=orders.shop.svc.cluster.local'], failedCheck: 0 },
        { lines: [externalName('orders')], failedCheck: 1 },
        {
          lines: [`sed -i 's/namespace: shop/namespace: front/' orders-service.yaml`, 'kubectl apply -f orders-service.yaml'],
          failedCheck: 1,
        },
      ],
    },
  ],
};
