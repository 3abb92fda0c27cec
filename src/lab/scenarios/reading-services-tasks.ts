import type { Goal } from '../types';

/** Half of the row that is asked for. */
const api = `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: test
  ports:
  - name: http
    port: 8080
    targetPort: 5000
`;

export const readingServicesFiles = { 'api.yaml': api };

export const readingServicesTasks: Goal[] = [
  {
    id: 'print-row',
    title: {
      ko: 'kubectl get svc api의 PORT(S)가 8080:30500/TCP,9090:30501/TCP이고, 노트북이 두 노드 포트에서 응답을 받는다',
      en: 'PORT(S) of kubectl get svc api says 8080:30500/TCP,9090:30501/TCP, and both node ports answer the laptop',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'api',
        path: ['spec', 'ports', 0, 'nodePort'],
        equals: 30500,
        failure: {
          ko: '서비스 api의 첫 번째 포트에 nodePort 30500이 없다. 콜론 뒤의 번호는 NodePort나 LoadBalancer 타입에만 있다.',
          en: 'The first port of Service api does not have the node port 30500. Only the types NodePort and LoadBalancer have a number after the colon.',
        },
      },
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'api',
        path: ['spec', 'ports', 0, 'port'],
        equals: 8080,
        failure: {
          ko: '첫 번째 포트의 `port`가 8080이 아니다. 콜론 앞의 번호가 `port`다.',
          en: 'The `port` of the first port is not 8080. The number before the colon is the `port`.',
        },
      },
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'api',
        path: ['spec', 'ports', 1, 'nodePort'],
        equals: 30501,
        failure: {
          ko: '서비스 api의 두 번째 포트에 nodePort 30501이 없다. 쉼표로 나뉜 조각 하나가 포트 하나다.',
          en: 'The second port of Service api does not have the node port 30501. Each piece between commas is one port.',
        },
      },
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'api',
        path: ['spec', 'ports', 1, 'port'],
        equals: 9090,
        failure: {
          ko: '두 번째 포트의 `port`가 9090이 아니다. 콜론 앞의 번호가 `port`다.',
          en: 'The `port` of the second port is not 9090. The number before the colon is the `port`.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.11',
        port: 30500,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.11:30500에서 응답을 받지 못했다. 표에 나오지 않는 targetPort를 확인한다.',
          en: 'The laptop got no answer at 192.168.0.11:30500. Check the `targetPort`, which the table does not show.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.11',
        port: 30501,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.11:30501에서 응답을 받지 못했다. targetPort를 적지 않으면 port와 같은 9090이 된다.',
          en: 'The laptop got no answer at 192.168.0.11:30501. If you leave out `targetPort`, it is the same as `port`, 9090.',
        },
      },
    ],
    hints: [
      {
        ko: '쉼표로 나뉜 조각이 둘이므로 포트가 둘이다. 콜론이 있으므로 노드 포트가 있는 타입이다.',
        en: 'Two pieces between commas are two ports. A colon means a type with node ports.',
      },
      {
        ko: '`type: NodePort`를 더하고, 첫 포트에 `nodePort: 30500`을 적고, 둘째 포트를 이름과 함께 더한다.',
        en: 'Add `type: NodePort`, give the first port `nodePort: 30500`, and add a second port with a name.',
      },
      {
        ko: '둘째 포트는 `name: admin`, `port: 9090`, `targetPort: 5000`, `nodePort: 30501`이다. `kubectl apply -f api.yaml`로 적용한다.',
        en: 'The second port is `name: admin`, `port: 9090`, `targetPort: 5000`, `nodePort: 30501`. Apply with `kubectl apply -f api.yaml`.',
      },
    ],
    solution: [
      `sed -i 's/^spec:/spec:\\n  type: NodePort/' api.yaml`,
      `printf '    nodePort: 30500\\n  - name: admin\\n    port: 9090\\n    targetPort: 5000\\n    nodePort: 30501\\n' >> api.yaml`,
      'kubectl apply -f api.yaml',
    ],
    alternatives: [
      [
        'kubectl create service nodeport api --tcp=8080:5000 --tcp=9090:5000',
        `kubectl patch svc api --type=json -p '[{"op":"replace","path":"/spec/selector","value":{"app":"test"}},{"op":"replace","path":"/spec/ports/0/nodePort","value":30500},{"op":"replace","path":"/spec/ports/1/nodePort","value":30501}]'`,
      ],
    ],
    mistakes: [
      { lines: ['kubectl apply -f api.yaml'], failedCheck: 0 },
      {
        lines: [
          `sed -i 's/^spec:/spec:\\n  type: NodePort/' api.yaml`,
          `printf '    nodePort: 30500\\n  - name: admin\\n    port: 9090\\n    nodePort: 30501\\n' >> api.yaml`,
          'kubectl apply -f api.yaml',
        ],
        failedCheck: 5,
      },
    ],
  },
  {
    id: 'fill-endpoints',
    title: {
      ko: '파드 client가 서비스 stock의 80번 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from Service stock on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'stock',
        path: ['spec', 'clusterIP'],
        failure: {
          ko: '서비스 stock이 없다. 지우지 말고 고친다.',
          en: 'Service stock is gone. Correct it instead of deleting it.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/stock',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 stock에서 응답을 받지 못했다. `Endpoints`가 비어 있으면 `Selector`를, 주소가 있으면 그 뒤의 번호를 본다.',
          en: 'The client pod got no answer from Service stock. If `Endpoints` is blank, look at `Selector`; if it has addresses, look at the number after them.',
        },
      },
    ],
    hints: [
      {
        ko: '`kubectl describe svc stock`과 `kubectl describe svc web`을 나란히 놓고 다른 줄을 찾는다.',
        en: 'Put `kubectl describe svc stock` beside `kubectl describe svc web` and find the lines that differ.',
      },
      {
        ko: '다른 줄은 `Selector`와 `Endpoints`다. 파드의 레이블은 `kubectl get pods --show-labels`에 있다.',
        en: '`Selector` and `Endpoints` differ. `kubectl get pods --show-labels` shows the pods’ labels.',
      },
      {
        ko: '`kubectl set selector svc stock app=test`를 실행한다.',
        en: 'Run `kubectl set selector svc stock app=test`.',
      },
    ],
    solution: ['kubectl set selector svc stock app=test', 'kubectl exec client -- curl -s http://stock/hostname'],
    alternatives: [[`kubectl patch svc stock -p '{"spec":{"selector":{"app":"test"}}}'`]],
    mistakes: [
      { lines: ['kubectl rollout restart deployment test'], failedCheck: 1 },
      { lines: [`kubectl patch svc stock -p '{"spec":{"type":"NodePort"}}'`], failedCheck: 1 },
      { lines: ['kubectl delete svc stock'], failedCheck: 0 },
    ],
  },
];
