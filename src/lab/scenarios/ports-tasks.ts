import type { Goal } from '../types';

/** Two ports, neither of which has the name that it needs beside another. */
const stats = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: stats
spec:
  replicas: 2
  selector:
    matchLabels:
      app: stats
  template:
    metadata:
      labels:
        app: stats
    spec:
      containers:
      - name: web
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
      - name: metrics
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=9090", "--udp-port=-1"]
---
apiVersion: v1
kind: Service
metadata:
  name: stats
spec:
  selector:
    app: stats
  ports:
  - port: 80
    targetPort: 8080
  - port: 9100
    targetPort: 9090
`;

/** The Service knows the program's port by name only. */
const catalog = `apiVersion: apps/v1
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
        args: ["netexec", "--http-port=8080"]
        ports:
        - name: web
          containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: catalog
spec:
  selector:
    app: catalog
  ports:
  - port: 80
    targetPort: web
`;

export const portsFiles = { 'stats.yaml': stats, 'catalog.yaml': catalog };

const rolledOut = (name: string) => `kubectl rollout status deployment ${name}`;
const moveProgram = `sed -i 's/http-port=8080/http-port=5000/' catalog.yaml`;

export const portsTasks: Goal[] = [
  {
    id: 'two-ports',
    title: {
      ko: '파드 client가 서비스 stats의 80번과 9100번 포트에서 모두 응답을 받는다',
      en: 'The client pod gets an answer from Service stats on both ports 80 and 9100',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'stats',
        path: ['spec', 'clusterIP'],
        failure: {
          ko: '서비스 stats가 없다. `stats.yaml`을 적용하고 API 서버의 답을 읽는다.',
          en: 'There is no Service stats. Apply `stats.yaml` and read what the API server says.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/stats',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '서비스 stats의 80번 포트에서 응답이 없다. 두 포트 가운데 하나를 지우지 않았는지, targetPort가 8080인지 본다.',
          en: 'Service stats does not answer on port 80. Check that both ports are still there and that its `targetPort` is 8080.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/stats',
        port: 9100,
        outcome: 'answered',
        failure: {
          ko: '서비스 stats의 9100번 포트에서 응답이 없다. 포트를 지우는 대신 이름을 붙인다. targetPort는 9090이다.',
          en: 'Service stats does not answer on port 9100. Give the ports names instead of removing one. The `targetPort` of this one is 9090.',
        },
      },
    ],
    hints: [
      {
        ko: '그대로 적용하고 오류를 읽는다. 어느 필드가 없는지 적혀 있다.',
        en: 'Apply the file as it is and read the error. It names the field that is missing.',
      },
      {
        ko: '`ports`의 두 항목에 `name`을 붙인다. 이름은 서로 달라야 한다.',
        en: 'Give both items of `ports` a `name`. The names must differ.',
      },
      {
        ko: '`- port: 80`을 `- name: web`과 `port: 80`의 두 줄로, `- port: 9100`을 `- name: metrics`와 `port: 9100`의 두 줄로 고치고 적용한다.',
        en: 'Turn `- port: 80` into two lines, `- name: web` and `port: 80`, and `- port: 9100` into `- name: metrics` and `port: 9100`. Apply the file.',
      },
    ],
    solution: [
      `sed -i 's/- port: 80$/- name: web\\n    port: 80/; s/- port: 9100/- name: metrics\\n    port: 9100/' stats.yaml`,
      'kubectl apply -f stats.yaml',
      rolledOut('stats'),
    ],
    mistakes: [
      { lines: ['kubectl apply -f stats.yaml'], failedCheck: 0 },
      {
        lines: [`sed -i '/9100/d; /targetPort: 9090/d' stats.yaml`, 'kubectl apply -f stats.yaml', rolledOut('stats')],
        failedCheck: 2,
      },
    ],
  },
  {
    id: 'move-program',
    title: {
      ko: '디플로이먼트 catalog의 프로그램이 5000에서 듣고, 서비스 catalog는 그대로인 채 80에서 응답한다',
      en: 'The program of Deployment catalog listens on 5000, and Service catalog, unchanged, answers on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'deployments',
        namespace: 'default',
        name: 'catalog',
        path: ['spec', 'template', 'spec', 'containers', 0, 'args', 1],
        equals: '--http-port=5000',
        failure: {
          ko: '디플로이먼트 catalog의 프로그램이 아직 5000에서 듣지 않는다. `args`를 고친다.',
          en: 'The program of Deployment catalog does not listen on 5000 yet. Change its `args`.',
        },
      },
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'catalog',
        path: ['spec', 'ports', 0, 'targetPort'],
        equals: 'web',
        failure: {
          ko: '서비스 catalog의 targetPort가 이름 web이 아니다. 서비스는 고치지 않고 파드만 고친다.',
          en: 'The `targetPort` of Service catalog is not the name `web`. Leave the Service alone and change the pods.',
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
          ko: '서비스 catalog가 80에서 응답하지 않는다. 이름 web이 아직 옛 번호를 가리키지 않는지 `Endpoints`를 본다.',
          en: 'Service catalog does not answer on port 80. Check in `Endpoints` whether the name `web` still stands for the old number.',
        },
      },
    ],
    hints: [
      {
        ko: '서비스는 번호를 모른다. 번호는 파드의 매니페스트에 두 번 나온다.',
        en: 'The Service does not know the number. It is in the manifest of the pods, twice.',
      },
      {
        ko: '프로그램이 듣는 포트는 `args`가 정하고, 이름 `web`이 가리키는 번호는 `containerPort`가 정한다. 둘을 함께 고친다.',
        en: '`args` decides which port the program listens on; `containerPort` decides which number the name `web` stands for. Change both.',
      },
      {
        ko: '`--http-port=8080`을 `--http-port=5000`으로, `containerPort: 8080`을 `containerPort: 5000`으로 고치고 `kubectl apply -f catalog.yaml`을 실행한다.',
        en: 'Change `--http-port=8080` to `--http-port=5000` and `containerPort: 8080` to `containerPort: 5000`, then run `kubectl apply -f catalog.yaml`.',
      },
    ],
    solution: [
      moveProgram,
      `sed -i 's/containerPort: 8080/containerPort: 5000/' catalog.yaml`,
      'kubectl apply -f catalog.yaml',
      rolledOut('catalog'),
    ],
    mistakes: [
      { lines: ['kubectl apply -f catalog.yaml', rolledOut('catalog')], failedCheck: 0 },
      { lines: [moveProgram, 'kubectl apply -f catalog.yaml', rolledOut('catalog')], failedCheck: 2 },
      {
        lines: [moveProgram, `sed -i 's/targetPort: web/targetPort: 5000/' catalog.yaml`, 'kubectl apply -f catalog.yaml'],
        failedCheck: 1,
      },
    ],
  },
];
