import type { Goal } from '../types';

/** Asks for a node port that the API server does not give. */
const web = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: test
  ports:
  - name: http
    nodePort: 80
    port: 80
    targetPort: 5000
`;

export const nodeportFiles = { 'web-nodeport.yaml': web };

export const nodeportTasks: Goal[] = [
  {
    id: 'port-in-range',
    title: {
      ko: '노트북이 192.168.0.12:30090에서 서비스 web의 응답을 받는다',
      en: 'The laptop gets an answer from Service web at 192.168.0.12:30090',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'web',
        path: ['spec', 'ports', 0, 'nodePort'],
        equals: 30090,
        failure: {
          ko: '서비스 web에 nodePort 30090이 없다. `web-nodeport.yaml`을 고쳐 적용한다.',
          en: 'Service web does not have the node port 30090. Correct `web-nodeport.yaml` and apply it.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.12',
        port: 30090,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.12:30090에서 응답을 받지 못했다. 패킷이 끝난 곳을 아래에서 확인한다.',
          en: 'The laptop got no answer at 192.168.0.12:30090. See below where the packet ended.',
        },
      },
    ],
    hints: [
      {
        ko: '매니페스트를 그대로 적용하고 API 서버의 답을 읽는다. 허용되는 범위가 적혀 있다.',
        en: 'Apply the manifest as it is and read what the API server says. It names the range it accepts.',
      },
      {
        ko: '고칠 줄은 `nodePort`뿐이다. `port: 80`은 클러스터 IP의 포트라서 그대로 두어도 된다.',
        en: 'Only the `nodePort` line has to change. `port: 80` is the port of the cluster IP and can stay.',
      },
      {
        ko: '`nodePort: 80`을 `nodePort: 30090`으로 고치고 `kubectl apply -f web-nodeport.yaml`을 실행한다.',
        en: 'Change `nodePort: 80` to `nodePort: 30090` and run `kubectl apply -f web-nodeport.yaml`.',
      },
    ],
    solution: [
      `sed -i 's/nodePort: 80/nodePort: 30090/' web-nodeport.yaml`,
      'kubectl apply -f web-nodeport.yaml',
      'curl -s http://192.168.0.12:30090/hostname',
    ],
    mistakes: [
      { lines: ['kubectl apply -f web-nodeport.yaml'], failedCheck: 0 },
      {
        lines: [
          "sed -i 's/nodePort: 80/nodePort: 30090/; s/targetPort: 5000/targetPort: 80/' web-nodeport.yaml",
          'kubectl apply -f web-nodeport.yaml',
        ],
        failedCheck: 1,
      },
    ],
  },
  {
    id: 'two-node-ports',
    title: {
      ko: '노트북이 192.168.0.11:30088과 192.168.0.13:30089에서 모두 응답을 받는다',
      en: 'The laptop gets an answer at both 192.168.0.11:30088 and 192.168.0.13:30089',
    },
    checks: [
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.11',
        port: 30088,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.11:30088에서 응답을 받지 못했다.',
          en: 'The laptop got no answer at 192.168.0.11:30088.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.13',
        port: 30089,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.13:30089에서 응답을 받지 못했다.',
          en: 'The laptop got no answer at 192.168.0.13:30089.',
        },
      },
    ],
    hints: [
      {
        ko: '노드 포트는 서비스의 포트마다 하나다. `ports`는 목록이므로 항목을 더 둘 수 있다.',
        en: 'There is one node port for each port of a Service. `ports` is a list, so you can add items.',
      },
      {
        ko: '항목마다 `name`, `port`, `nodePort`가 서로 달라야 한다. `targetPort`는 같아도 된다.',
        en: '`name`, `port` and `nodePort` must differ from item to item. `targetPort` may be the same.',
      },
      {
        ko: '`test-nodeport.yaml`의 `ports`에 이름이 `30089-5000`, `nodePort`가 30089, `port`가 30002, `targetPort`가 5000인 항목을 더하고 적용한다.',
        en: 'Add an item to `ports` in `test-nodeport.yaml`: name `30089-5000`, `nodePort` 30089, `port` 30002, `targetPort` 5000. Apply it.',
      },
    ],
    solution: [
      `printf '  - name: "30089-5000"\\n    nodePort: 30089\\n    port: 30002\\n    targetPort: 5000\\n' >> test-nodeport.yaml`,
      'kubectl apply -f test-nodeport.yaml',
      'curl -s http://192.168.0.13:30089/hostname',
    ],
    mistakes: [
      { lines: ['kubectl apply -f test-nodeport.yaml'], failedCheck: 1 },
      { lines: ["sed -i 's/30088/30089/' test-nodeport.yaml", 'kubectl apply -f test-nodeport.yaml'], failedCheck: 0 },
    ],
  },
];
