import type { Goal } from '../types';

const partner = `apiVersion: v1
kind: Service
metadata:
  name: partner
spec:
  type: ExternalName
  externalName: api.shop.svc.cluster.local
`;

const vm = (name: string, port: number, labels: string): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  ports:
  - port: ${port}
    targetPort: 9000
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${name}-vm
${labels}addressType: IPv4
ports:
- port: 9000
endpoints:
- addresses:
  - 192.168.0.50
`;

const LABEL = 'kubernetes.io/service-name';
const legacyDb = vm('legacy-db', 5432, `  labels:\n    ${LABEL}: legacy-db\n`);
/** The slice does not say yet whose endpoints these are. */
const metrics = vm('vm-metrics', 80, '');

const external = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: test
  externalIPs:
  - 192.168.0.12
  ports:
  - port: 9000
    targetPort: 8080
`;

export const otherServicesFiles = {
  'partner.yaml': partner,
  'legacy-db.yaml': legacyDb,
  'vm-metrics.yaml': metrics,
  'web-external.yaml': external,
};

const insertLabel = `sed -i 's|name: vm-metrics-vm|name: vm-metrics-vm\\n  labels:\\n    ${LABEL}: vm-metrics|' vm-metrics.yaml`;

export const otherServicesTasks: Goal[] = [
  {
    id: 'partner-alias',
    title: {
      ko: '파드 client가 이름 partner로 shop의 API를 부른다',
      en: 'The client pod calls the shop’s API by the name partner',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'partner',
        path: ['spec', 'externalName'],
        equals: 'api.shop.svc.cluster.local',
        failure: {
          ko: '`api.shop.svc.cluster.local`을 가리키는 ExternalName 서비스 partner가 없다.',
          en: 'There is no Service partner of type ExternalName that points to `api.shop.svc.cluster.local`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'name:partner',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 partner의 80번 포트에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from partner on port 80.',
        },
      },
    ],
    hints: [
      { ko: '매니페스트는 이미 완성되어 있다.', en: 'The manifest is complete.' },
      {
        ko: '`partner.yaml`을 적용한 다음 `client`에서 `http://partner`를 부른다.',
        en: 'Apply `partner.yaml`, then call `http://partner` from `client`.',
      },
      {
        ko: '`kubectl apply -f partner.yaml`을 실행하고 `kubectl exec client -- curl -s http://partner`로 확인한다.',
        en: 'Run `kubectl apply -f partner.yaml` and check with `kubectl exec client -- curl -s http://partner`.',
      },
    ],
    solution: ['kubectl apply -f partner.yaml', 'kubectl exec client -- curl -s http://partner'],
    mistakes: [{ lines: ['kubectl create service externalname partner --external-name=api.shop'], failedCheck: 0 }],
  },
  {
    id: 'vm-behind-service',
    title: {
      ko: '파드 client가 vm-metrics의 80번 포트에서 테넌트 VM의 응답을 받는다',
      en: 'The client pod gets the tenant VM’s answer from vm-metrics on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'vm-metrics',
        path: ['spec', 'clusterIP'],
        failure: {
          ko: '서비스 vm-metrics가 아직 없다. `vm-metrics.yaml`을 적용한다.',
          en: 'There is no Service vm-metrics yet. Apply `vm-metrics.yaml`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/vm-metrics',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: `vm-metrics가 응답하지 않는다. \`kubectl describe svc vm-metrics\`의 \`Endpoints\`를 본다. 엔드포인트슬라이스는 레이블 \`${LABEL}\`에 적힌 서비스의 것이다.`,
          en: `vm-metrics does not answer. Look at \`Endpoints\` in \`kubectl describe svc vm-metrics\`. An EndpointSlice belongs to the Service that its label \`${LABEL}\` names.`,
        },
      },
    ],
    hints: [
      {
        ko: '매니페스트를 그대로 적용하고 `kubectl describe svc vm-metrics`에서 `Endpoints`를 본다.',
        en: 'Apply the manifest as it is and look at `Endpoints` in `kubectl describe svc vm-metrics`.',
      },
      {
        ko: `이름이 비슷하다고 이어지지는 않는다. 엔드포인트슬라이스에 레이블 \`${LABEL}\`이 있어야 한다.`,
        en: `A similar name does not connect them. The EndpointSlice needs the label \`${LABEL}\`.`,
      },
      {
        ko: `\`name: vm-metrics-vm\` 아래에 \`labels:\`와 \`${LABEL}: vm-metrics\`를 적고 다시 적용한다.`,
        en: `Below \`name: vm-metrics-vm\` write \`labels:\` with \`${LABEL}: vm-metrics\`, and apply again.`,
      },
    ],
    solution: [insertLabel, 'kubectl apply -f vm-metrics.yaml', 'kubectl exec client -- nc vm-metrics 80'],
    alternatives: [
      ['kubectl apply -f vm-metrics.yaml', `kubectl label endpointslice vm-metrics-vm ${LABEL}=vm-metrics`, 'sleep 2'],
    ],
    mistakes: [
      { lines: ['kubectl apply -f vm-metrics.yaml', 'sleep 2'], failedCheck: 1 },
      { lines: ['kubectl create service clusterip vm-metrics --tcp=80:9000', 'sleep 2'], failedCheck: 1 },
    ],
  },
  {
    id: 'into-the-cluster',
    title: {
      ko: 'legacy-db:5432의 요청이 이제 test 파드로만 간다',
      en: 'Requests to legacy-db:5432 now go to the test pods only',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'legacy-db',
        path: ['spec', 'selector', 'app'],
        equals: 'test',
        failure: {
          ko: '서비스 legacy-db가 아직 test 파드를 고르지 않는다.',
          en: 'Service legacy-db does not select the test pods yet.',
        },
      },
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'legacy-db',
        path: ['spec', 'ports', 0, 'targetPort'],
        equals: 8080,
        failure: {
          ko: '`test` 파드는 8080번에서 듣는다. 서비스의 `targetPort`가 아직 그 포트가 아니다.',
          en: 'The `test` pods listen on port 8080. The Service’s `targetPort` is not that port yet.',
        },
      },
      {
        kind: 'object',
        resource: 'endpointslices',
        namespace: 'default',
        name: 'legacy-db-vm',
        path: ['metadata', 'labels', LABEL],
        equals: 'legacy-db',
        absent: true,
        failure: {
          ko: '손으로 만든 엔드포인트슬라이스 legacy-db-vm이 아직 이 서비스의 것이다. 셀렉터를 더해도 저절로 사라지지 않으며, 요청의 일부는 계속 VM으로 간다.',
          en: 'The hand-made EndpointSlice legacy-db-vm still belongs to this Service. Adding a selector does not remove it: some requests keep going to the VM.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/legacy-db',
        port: 5432,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 legacy-db의 5432번 포트에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from legacy-db on port 5432.',
        },
      },
    ],
    hints: [
      {
        ko: '셀렉터를 더하면 컨트롤러가 엔드포인트슬라이스를 하나 더 만든다. `kubectl get endpointslices`로 둘을 견주어 본다.',
        en: 'Once there is a selector, a controller makes another EndpointSlice. Compare the two with `kubectl get endpointslices`.',
      },
      {
        ko: '서비스에 `selector`와 새 `targetPort`를 적고, 손으로 만든 엔드포인트슬라이스를 지운다.',
        en: 'Give the Service a `selector` and the new `targetPort`, and delete the EndpointSlice that you made by hand.',
      },
      {
        ko: '`kubectl edit svc legacy-db`로 `selector: {app: test}`와 `targetPort: 8080`을 적고, `kubectl delete endpointslice legacy-db-vm`을 실행한다.',
        en: 'Use `kubectl edit svc legacy-db` to write `selector: {app: test}` and `targetPort: 8080`, then run `kubectl delete endpointslice legacy-db-vm`.',
      },
    ],
    solution: [
      'kubectl apply -f legacy-db.yaml',
      `kubectl patch svc legacy-db -p '{"spec":{"selector":{"app":"test"},"ports":[{"port":5432,"targetPort":8080}]}}'`,
      'kubectl delete endpointslice legacy-db-vm',
      'sleep 2',
      'kubectl exec client -- curl -s http://legacy-db:5432/hostname',
    ],
    alternatives: [
      [
        'kubectl apply -f legacy-db.yaml',
        'kubectl delete -f legacy-db.yaml',
        'kubectl expose deployment test --name=legacy-db --port=5432 --target-port=8080',
        'sleep 2',
      ],
    ],
    mistakes: [
      {
        lines: [
          'kubectl apply -f legacy-db.yaml',
          `kubectl patch svc legacy-db -p '{"spec":{"selector":{"app":"test"},"ports":[{"port":5432,"targetPort":8080}]}}'`,
          'sleep 2',
        ],
        failedCheck: 2,
      },
    ],
  },
];
