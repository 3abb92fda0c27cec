import type { Goal } from '../types';

/** The same pods as behind api, without a cluster IP. */
const apiPods = `apiVersion: v1
kind: Service
metadata:
  name: api-pods
  namespace: shop
spec:
  clusterIP: None
  selector:
    app: api
  ports:
  - name: http
    port: 80
    targetPort: 8080
`;

/** A pod that wants to be primary.db: it does not say yet which Service its name belongs to. */
const db = `apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
  - port: 5432
---
apiVersion: v1
kind: Pod
metadata:
  name: db-a
  labels:
    app: db
spec:
  hostname: primary
  containers:
  - name: db
    image: registry.k8s.io/e2e-test-images/agnhost:2.53
    args: ["netexec", "--http-port=5432"]
`;

export const dnsFiles = { 'api-pods.yaml': apiPods, 'db.yaml': db };

export const dnsTasks: Goal[] = [
  {
    id: 'headless-port',
    title: {
      ko: '파드 client가 이름 api-pods.shop으로 파드에 바로 연결한다',
      en: 'The client pod connects straight to a pod by the name api-pods.shop',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'shop',
        name: 'api-pods',
        path: ['spec', 'clusterIP'],
        equals: 'None',
        failure: {
          ko: '네임스페이스 shop에 헤드리스 서비스 api-pods가 없다. `clusterIP: None`이 적혀 있어야 한다.',
          en: 'There is no headless Service api-pods in namespace shop. It needs `clusterIP: None`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'name:api-pods.shop',
        port: 8080,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 api-pods.shop의 8080번 포트에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from api-pods.shop on port 8080.',
        },
      },
    ],
    hints: [
      {
        ko: '매니페스트는 이미 완성되어 있다. 무엇이 만들어지는지 `kubectl get svc -n shop`으로 본다.',
        en: 'The manifest is complete. Look at what it makes with `kubectl get svc -n shop`.',
      },
      {
        ko: '헤드리스 서비스에는 포트를 바꾸어 줄 규칙이 없다. 파드가 듣는 포트로 부른다.',
        en: 'A headless Service has no rule that would change the port. Call the port the pods listen on.',
      },
      {
        ko: '`kubectl apply -f api-pods.yaml`을 실행하고 `kubectl exec client -- curl -s http://api-pods.shop:8080/hostname`으로 확인한다.',
        en: 'Run `kubectl apply -f api-pods.yaml` and check with `kubectl exec client -- curl -s http://api-pods.shop:8080/hostname`.',
      },
    ],
    solution: ['kubectl apply -f api-pods.yaml', 'kubectl exec client -- curl -s http://api-pods.shop:8080/hostname'],
    mistakes: [{ lines: ["sed -i '/clusterIP: None/d' api-pods.yaml", 'kubectl apply -f api-pods.yaml'], failedCheck: 0 }],
  },
  {
    id: 'pod-name',
    title: {
      ko: '파드 client가 이름 primary.db로 데이터베이스 파드를 찾는다',
      en: 'The client pod finds the database pod by the name primary.db',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'db',
        path: ['spec', 'clusterIP'],
        equals: 'None',
        failure: {
          ko: '네임스페이스 default에 헤드리스 서비스 db가 없다. `db.yaml`을 적용한다.',
          en: 'There is no headless Service db in namespace default. Apply `db.yaml`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'name:primary.db',
        port: 5432,
        outcome: 'answered',
        failure: {
          ko: '이름 primary.db로 파드를 찾지 못했다. 파드의 `hostname`은 `subdomain`이 그 헤드리스 서비스의 이름일 때만 DNS에 나온다.',
          en: 'The name primary.db leads to no pod. A pod’s `hostname` is in DNS only if its `subdomain` is the name of that headless Service.',
        },
      },
    ],
    hints: [
      {
        ko: '`kubectl get endpointslices -l kubernetes.io/service-name=db -o yaml`에서 엔드포인트에 `hostname`이 있는지 본다. DNS는 이 값을 읽는다.',
        en: 'See in `kubectl get endpointslices -l kubernetes.io/service-name=db -o yaml` whether the endpoint has a `hostname`. That is what DNS reads.',
      },
      {
        ko: '파드의 스펙에 `subdomain: db`가 빠져 있다. 이미 만든 파드에는 더할 수 없으므로, 파드를 지우고 다시 만든다.',
        en: '`subdomain: db` is missing from the pod’s spec. It cannot be added to a pod that exists, so delete the pod and make it again.',
      },
      {
        ko: '`hostname: primary` 아래에 같은 들여쓰기로 `subdomain: db`를 적고, `kubectl delete pod db-a --ignore-not-found`와 `kubectl apply -f db.yaml`을 실행한다.',
        en: 'Write `subdomain: db` below `hostname: primary` with the same indentation, then run `kubectl delete pod db-a --ignore-not-found` and `kubectl apply -f db.yaml`.',
      },
    ],
    solution: [
      `sed -i 's/  hostname: primary/  hostname: primary\\n  subdomain: db/' db.yaml`,
      'kubectl apply -f db.yaml',
      'kubectl wait --for=condition=Ready pod/db-a',
      'kubectl exec client -- curl -s http://primary.db:5432/hostname',
    ],
    alternatives: [
      [
        'kubectl apply -f db.yaml',
        `sed -i 's/  hostname: primary/  hostname: primary\\n  subdomain: db/' db.yaml`,
        'kubectl replace --force -f db.yaml',
        'sleep 5',
      ],
    ],
    mistakes: [{ lines: ['kubectl apply -f db.yaml', 'sleep 5'], failedCheck: 1 }],
  },
  {
    id: 'own-namespace',
    title: {
      ko: '파드 client가 api.staging의 80번 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from api.staging on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'staging',
        name: 'api',
        path: ['metadata', 'name'],
        failure: {
          ko: '네임스페이스 staging에 서비스 api가 아직 없다.',
          en: 'There is no Service api in namespace staging yet.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'name:api.staging',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: 'api.staging이라는 이름은 있지만 80번 포트에서 응답이 없다. 셀렉터는 자기 네임스페이스의 파드만 고른다. shop의 파드는 고르지 못한다.',
          en: 'Service api is there in staging, but port 80 does not answer. A selector sees the pods of its own namespace only, not those of shop.',
        },
      },
    ],
    hints: [
      {
        ko: '이름의 두 번째 부분은 네임스페이스다. `kubectl create namespace staging`으로 시작한다.',
        en: 'The second part of the name is the namespace. Start with `kubectl create namespace staging`.',
      },
      {
        ko: 'staging에 파드를 띄워 서비스로 노출시켜도 되고, shop의 서비스를 가리키는 ExternalName 서비스를 두어도 된다.',
        en: 'You can run pods in staging and expose them, or make a Service of type ExternalName that points to the one in shop.',
      },
      {
        ko: '`kubectl create service externalname api -n staging --external-name api.shop.svc.cluster.local`이 한 가지 방법이다.',
        en: 'One way is `kubectl create service externalname api -n staging --external-name api.shop.svc.cluster.local`.',
      },
    ],
    solution: [
      'kubectl create namespace staging',
      'kubectl create deployment api -n staging --image=registry.k8s.io/e2e-test-images/agnhost:2.53 -- /agnhost netexec --http-port=8080',
      'kubectl expose deployment api -n staging --port=80 --target-port=8080',
      'kubectl rollout status deployment/api -n staging',
      'kubectl exec client -- curl -s http://api.staging/hostname',
    ],
    alternatives: [
      [
        'kubectl create namespace staging',
        'kubectl create service externalname api -n staging --external-name api.shop.svc.cluster.local',
      ],
    ],
    mistakes: [
      {
        lines: ['kubectl create namespace staging', 'kubectl create service clusterip api -n staging --tcp=80:8080'],
        failedCheck: 1,
      },
    ],
  },
];
