import type { Check, Goal, Localized } from '../types';

/** Sets a timeout without the affinity it belongs to. */
const shop = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  sessionAffinity: None
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 8080
`;

export const affinityFiles = { 'shop.yaml': shop };

const answers = (name: string): Check => ({
  kind: 'probe',
  from: 'pod:default/client',
  protocol: 'TCP',
  address: `service:default/${name}`,
  port: 80,
  outcome: 'answered',
  failure: {
    ko: `파드 client가 서비스 ${name}의 80번에서 응답을 받지 못했다.`,
    en: `The client pod got no answer from Service ${name} on port 80.`,
  },
});

const has = (name: string, path: (string | number)[], equals: unknown, failure: Localized): Check => ({
  kind: 'object',
  resource: 'services',
  namespace: 'default',
  name,
  path: ['spec', ...path],
  equals,
  failure,
});

const timeout = ['sessionAffinityConfig', 'clientIP', 'timeoutSeconds'];

export const affinityTasks: Goal[] = [
  {
    id: 'sticky',
    title: {
      ko: '서비스 test가 같은 주소에서 온 연결을 같은 파드로 보낸다',
      en: 'Service test sends connections from one address to one pod',
    },
    checks: [
      has('test', ['sessionAffinity'], 'ClientIP', {
        ko: '서비스 test의 sessionAffinity가 ClientIP가 아니다.',
        en: 'The sessionAffinity of Service test is not ClientIP.',
      }),
      answers('test'),
    ],
    hints: [
      { ko: '`sessionAffinity`의 기본값은 `None`이다.', en: '`sessionAffinity` is `None` unless you set it.' },
      {
        ko: '쓸 수 있는 값은 `None`과 `ClientIP` 둘이다. 셀렉터와 포트는 그대로 둔다.',
        en: 'It can be `None` or `ClientIP`. The selector and the ports stay as they are.',
      },
      {
        ko: `\`kubectl patch svc test -p '{"spec":{"sessionAffinity":"ClientIP"}}'\`을 실행한다.`,
        en: `Run \`kubectl patch svc test -p '{"spec":{"sessionAffinity":"ClientIP"}}'\`.`,
      },
    ],
    solution: [`kubectl patch svc test -p '{"spec":{"sessionAffinity":"ClientIP"}}'`],
    alternatives: [[`sed -i 's/type: NodePort/&\\n  sessionAffinity: ClientIP/' test.yaml`, 'kubectl apply -f test.yaml']],
    mistakes: [{ lines: ['kubectl patch svc test -p \'{"spec":{"internalTrafficPolicy":"Local"}}\''], failedCheck: 0 }],
  },
  {
    id: 'ten-minutes',
    title: {
      ko: '서비스 shop이 10분 동안 새 연결이 없던 주소만 풀어 준다',
      en: 'Service shop lets an address go only after ten quiet minutes',
    },
    checks: [
      has('shop', ['sessionAffinity'], 'ClientIP', {
        ko: '서비스 shop이 없거나 sessionAffinity가 ClientIP가 아니다.',
        en: 'There is no Service shop, or its sessionAffinity is not ClientIP.',
      }),
      has('shop', timeout, 600, {
        ko: '서비스 shop의 timeoutSeconds가 600이 아니다. 적지 않으면 10800초, 곧 세 시간이다.',
        en: 'The timeoutSeconds of Service shop is not 600. If it is left out, it is 10800, three hours.',
      }),
      answers('shop'),
    ],
    hints: [
      {
        ko: '`shop.yaml`을 그대로 적용하고 오류를 읽는다.',
        en: 'Apply `shop.yaml` as it is and read the error.',
      },
      {
        ko: '시간은 정했지만 어피니티는 꺼 둔 매니페스트다. 시간을 지우는 것은 답이 아니다.',
        en: 'The manifest sets a time and turns off what the time is for. Removing the time is not the answer.',
      },
      {
        ko: '`sessionAffinity: None`을 `sessionAffinity: ClientIP`로 고치고 적용한다.',
        en: 'Change `sessionAffinity: None` to `sessionAffinity: ClientIP` and apply the file.',
      },
    ],
    solution: [`sed -i 's/sessionAffinity: None/sessionAffinity: ClientIP/' shop.yaml`, 'kubectl apply -f shop.yaml'],
    mistakes: [
      { lines: ['kubectl apply -f shop.yaml'], failedCheck: 0 },
      {
        lines: [
          `sed -i '/Config:/d; /clientIP:/d; /timeoutSeconds/d; s/: None/: ClientIP/' shop.yaml`,
          'kubectl apply -f shop.yaml',
        ],
        failedCheck: 1,
      },
    ],
  },
  {
    id: 'both-ways',
    title: {
      ko: '같은 파드들을 두고 서비스 test는 무작위로 고르고, 서비스 test-sticky는 한 시간 동안 붙잡는다',
      en: 'In front of the same pods, Service test picks at random and Service test-sticky holds a caller for an hour',
    },
    checks: [
      has('test', ['sessionAffinity'], 'None', {
        ko: '서비스 test의 sessionAffinity가 None이 아니다. 앞에서 켠 것을 되돌린다.',
        en: 'The sessionAffinity of Service test is not None. Undo what you turned on before.',
      }),
      has('test-sticky', ['sessionAffinity'], 'ClientIP', {
        ko: '서비스 test-sticky가 없거나 sessionAffinity가 ClientIP가 아니다.',
        en: 'There is no Service test-sticky, or its sessionAffinity is not ClientIP.',
      }),
      has('test-sticky', timeout, 3600, {
        ko: '서비스 test-sticky의 timeoutSeconds가 3600이 아니다.',
        en: 'The timeoutSeconds of Service test-sticky is not 3600.',
      }),
      answers('test'),
      answers('test-sticky'),
    ],
    hints: [
      {
        ko: '어피니티는 파드가 아니라 서비스의 성질이다. 셀렉터가 같은 서비스를 둘 두어도 된다.',
        en: 'Affinity belongs to a Service, not to its pods. Two Services may have the same selector.',
      },
      {
        ko: '`shop.yaml`의 어피니티 부분을 본으로 삼는다. 노드 포트는 없어도 된다.',
        en: 'Take the affinity part of `shop.yaml` as a model. The new Service needs no node port.',
      },
      {
        ko: '`shop.yaml`에서 이름을 `test-sticky`, `sessionAffinity`를 `ClientIP`, 시간을 3600으로 고쳐 적용한다. test는 `None`으로 되돌린다.',
        en: 'In `shop.yaml`, set the name to `test-sticky`, `sessionAffinity` to `ClientIP` and the time to 3600, and apply it. Set test back to `None`.',
      },
    ],
    solution: [
      `kubectl patch svc test -p '{"spec":{"sessionAffinity":"None"}}'`,
      `sed -i 's/name: shop/name: test-sticky/; s/: None/: ClientIP/; s/600/3600/' shop.yaml`,
      'kubectl apply -f shop.yaml',
    ],
    alternatives: [
      [
        `kubectl patch svc test -p '{"spec":{"sessionAffinity":"None"}}'`,
        'kubectl expose deployment test --name=test-sticky --port=80 --target-port=8080 --session-affinity=ClientIP',
        `kubectl patch svc test-sticky -p '{"spec":{"sessionAffinityConfig":{"clientIP":{"timeoutSeconds":3600}}}}'`,
      ],
    ],
    mistakes: [
      {
        lines: ['kubectl expose deployment test --name=test-sticky --port=80 --target-port=8080 --session-affinity=ClientIP'],
        failedCheck: 2,
      },
      { lines: [`kubectl patch svc test -p '{"spec":{"sessionAffinity":"ClientIP"}}'`], failedCheck: 0 },
    ],
  },
];
