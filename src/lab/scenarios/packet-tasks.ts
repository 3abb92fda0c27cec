import type { Goal } from '../types';

/** Without a protocol it is TCP, and no program in the pods listens on 8081/TCP. */
const metrics = `apiVersion: v1
kind: Service
metadata:
  name: metrics
spec:
  selector:
    app: test
  ports:
  - port: 8125
    targetPort: 8081
`;

export const packetFiles = { 'metrics.yaml': metrics };

const exists = (name: string): Goal['checks'][number] => ({
  kind: 'object',
  resource: 'services',
  namespace: 'default',
  name,
  path: ['spec', 'clusterIP'],
  failure: { ko: `이름이 ${name}인 서비스가 아직 없다.`, en: `There is no Service named ${name} yet.` },
});

export const packetTasks: Goal[] = [
  {
    id: 'udp-port',
    title: {
      ko: '파드 client가 서비스 metrics의 8125번 UDP 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from Service metrics on UDP port 8125',
    },
    checks: [
      exists('metrics'),
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'UDP',
        address: 'service:default/metrics',
        port: 8125,
        outcome: 'answered',
        failure: {
          ko: 'client가 metrics의 8125번 포트로 UDP 데이터그램을 보냈지만 답이 없다. 규칙의 조건에는 프로토콜도 들어간다.',
          en: 'The client pod sent a UDP datagram to port 8125 of metrics, and no answer came. A rule also matches the protocol.',
        },
      },
    ],
    hints: [
      {
        ko: '`kubectl get svc metrics`의 `PORT(S)` 열에서 `/` 뒤를 본다.',
        en: 'Look at what follows the `/` in the `PORT(S)` column of `kubectl get svc metrics`.',
      },
      {
        ko: '포트에 `protocol`을 적지 않으면 TCP가 된다.',
        en: 'A port without a `protocol` is TCP.',
      },
      {
        ko: '`metrics.yaml`의 `port: 8125` 아래에 같은 들여쓰기로 `protocol: UDP`를 적고 적용한다.',
        en: 'In `metrics.yaml`, write `protocol: UDP` below `port: 8125` with the same indentation, and apply it.',
      },
    ],
    solution: [`echo '    protocol: UDP' >> metrics.yaml`, 'kubectl apply -f metrics.yaml', 'sleep 1'],
    alternatives: [['kubectl expose deployment test --name=metrics --port=8125 --target-port=8081 --protocol=UDP', 'sleep 1']],
    mistakes: [{ lines: ['kubectl apply -f metrics.yaml', 'sleep 1'], failedCheck: 1 }],
  },
  {
    id: 'self-both',
    title: {
      ko: '파드 solo가 서비스 loop를 거쳐 자기 자신을 TCP 80번과 UDP 53번 포트로 부른다',
      en: 'The pod solo calls itself through Service loop, on TCP port 80 and on UDP port 53',
    },
    checks: [
      exists('loop'),
      {
        kind: 'probe',
        from: 'pod:default/solo',
        protocol: 'TCP',
        address: 'service:default/loop',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: 'solo가 loop의 80번 TCP 포트에서 응답을 받지 못했다. solo의 프로그램은 8080번에서 듣는다.',
          en: 'solo got no answer from loop on TCP port 80. The program in solo listens on 8080.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/solo',
        protocol: 'UDP',
        address: 'service:default/loop',
        port: 53,
        outcome: 'answered',
        failure: {
          ko: 'solo가 loop의 53번 UDP 포트에서 응답을 받지 못했다. solo의 프로그램은 UDP를 8081번에서 듣는다.',
          en: 'solo got no answer from loop on UDP port 53. For UDP, the program in solo listens on 8081.',
        },
      },
    ],
    hints: [
      {
        ko: '포트가 둘인 서비스 하나가 필요하다. 자기 자신을 부르기 위해 따로 적을 것은 없다.',
        en: 'You need one Service with two ports. Nothing special has to be written for a pod to call itself.',
      },
      {
        ko: '포트가 둘 이상이면 이름이 있어야 하고, 하나에는 `protocol: UDP`를 적는다. 셀렉터는 `app: solo`다.',
        en: 'With more than one port, each needs a name, and one of them needs `protocol: UDP`. The selector is `app: solo`.',
      },
      {
        ko: '`ports`의 항목은 둘이다. 80에서 targetPort 8080으로 가는 `http`와, `protocol: UDP`로 53에서 8081로 가는 `dns`다.',
        en: 'The items of `ports` are `http`, from 80 to `targetPort` 8080, and `dns` with `protocol: UDP`, from 53 to 8081.',
      },
    ],
    solution: [
      'kubectl expose pod solo --name=loop --port=80 --target-port=8080',
      `kubectl patch service loop -p '{"spec":{"ports":[{"name":"http","port":80,"targetPort":8080},{"name":"dns","protocol":"UDP","port":53,"targetPort":8081}]}}'`,
      'sleep 1',
    ],
    alternatives: [
      [
        `echo '{"apiVersion":"v1","kind":"Service","metadata":{"name":"loop"},"spec":{"selector":{"app":"solo"},"ports":[{"name":"a","port":80,"targetPort":8080},{"name":"b","protocol":"UDP","port":53,"targetPort":8081}]}}' | kubectl apply -f -`,
        'sleep 1',
      ],
    ],
    mistakes: [
      { lines: ['kubectl expose pod solo --name=loop --port=80', 'sleep 1'], failedCheck: 1 },
      { lines: ['kubectl expose pod solo --name=loop --port=80 --target-port=8080', 'sleep 1'], failedCheck: 2 },
    ],
  },
];
