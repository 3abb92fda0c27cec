import { testDeployment } from './manifests';
import type { Check, Goal } from '../types';

const named = (name: string): string => testDeployment(8080).replaceAll(/\btest$/gm, name);

/** Waits longer before it ends than it may take to end. */
const shop =
  named('shop').replace(
    '      containers:',
    `      terminationGracePeriodSeconds: 5
      containers:`,
  ) +
  `        lifecycle:
          preStop:
            exec:
              command: ["sleep", "10"]
`;

/** Ends all pods before it starts others. */
export const cart = named('cart').replace('  replicas: 2', '  replicas: 2\n  strategy:\n    type: Recreate');

export const cartService = `apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
  selector:
    app: cart
  ports:
  - port: 80
    targetPort: 8080
`;

export const endingPodsFiles = { 'shop.yaml': shop, 'cart.yaml': cart };

const deployment = (
  name: string,
  path: (string | number)[],
  rest: Pick<Check & { kind: 'object' }, 'failure' | 'equals'>,
): Check => ({
  kind: 'object',
  resource: 'deployments',
  namespace: 'default',
  name,
  path: ['spec', ...path],
  ...rest,
});

const template = ['template', 'spec'];
const preStop = [...template, 'containers', 0, 'lifecycle', 'preStop'];

export const endingPodsTasks: Goal[] = [
  {
    id: 'enough-grace',
    title: {
      ko: '디플로이먼트 shop의 파드가 10초를 기다린 다음에도 유예 시간이 남는다',
      en: 'The pods of Deployment shop wait their ten seconds and still have grace left',
    },
    checks: [
      deployment('shop', preStop, {
        failure: {
          ko: '디플로이먼트 shop이 없거나 preStop이 없다. 기다리는 일은 남겨 둔다.',
          en: 'There is no Deployment shop, or it has no preStop hook. The waiting has to stay.',
        },
      }),
      deployment('shop', [...preStop, 'exec', 'command', 1], {
        equals: '10',
        failure: { ko: 'preStop이 기다리는 시간이 10초가 아니다.', en: 'The preStop hook does not wait 10 seconds.' },
      }),
      deployment('shop', [...template, 'terminationGracePeriodSeconds'], {
        equals: 30,
        failure: {
          ko: 'terminationGracePeriodSeconds가 30이 아니다. 유예 시간은 preStop이 시작될 때부터 줄어든다. 5초로는 기다리는 도중에 강제로 끝난다.',
          en: 'terminationGracePeriodSeconds is not 30. The grace period runs from the start of preStop. With 5 seconds the pod is killed while it waits.',
        },
      }),
    ],
    hints: [
      {
        ko: '숫자 둘을 견준다. 기다리는 시간과, 끝나기까지 주어진 시간이다.',
        en: 'Compare two numbers: how long it waits, and how long it may take to end.',
      },
      {
        ko: '`terminationGracePeriodSeconds`에는 preStop이 쓰는 시간도 들어간다. 적지 않으면 30이다.',
        en: '`terminationGracePeriodSeconds` includes the time of preStop. If it is left out, it is 30.',
      },
      {
        ko: '`shop.yaml`에서 `terminationGracePeriodSeconds`를 30으로 고치거나 그 줄을 지우고 적용한다.',
        en: 'In `shop.yaml`, set `terminationGracePeriodSeconds` to 30 or remove that line, and apply the file.',
      },
    ],
    solution: [`sed -i 's/Seconds: 5/Seconds: 30/' shop.yaml`, 'kubectl apply -f shop.yaml'],
    alternatives: [[`sed -i '/terminationGracePeriodSeconds/d' shop.yaml`, 'kubectl apply -f shop.yaml']],
    mistakes: [
      { lines: ['kubectl apply -f shop.yaml'], failedCheck: 2 },
      { lines: [`sed -i '/lifecycle:/,$d' shop.yaml`, 'kubectl apply -f shop.yaml'], failedCheck: 0 },
      { lines: [`sed -i 's/"10"/"3"/' shop.yaml`, 'kubectl apply -f shop.yaml'], failedCheck: 1 },
    ],
  },
  {
    id: 'cart-without-loss',
    title: {
      ko: '디플로이먼트 cart를 새로 배포해도 요청을 잃지 않는다',
      en: 'Deployment cart can be rolled out without losing requests',
    },
    checks: [
      deployment('cart', ['strategy', 'type'], {
        equals: 'RollingUpdate',
        failure: {
          ko: '디플로이먼트 cart의 strategy가 RollingUpdate가 아니다. Recreate는 파드를 모두 끝낸 다음에 새 파드를 시작하므로 그사이에 답할 파드가 없다.',
          en: 'The strategy of Deployment cart is not RollingUpdate. Recreate ends all pods before it starts new ones, and nobody answers in between.',
        },
      }),
      deployment('cart', preStop, {
        failure: {
          ko: '디플로이먼트 cart의 파드에 preStop이 없다. 새 파드가 먼저 준비되어도, 끝나는 파드로 간 요청은 잃는다.',
          en: 'The pods of Deployment cart have no preStop hook. Even with new pods ready first, requests to a pod that ends are lost.',
        },
      }),
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/cart',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 cart의 80번에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from Service cart on port 80.',
        },
      },
    ],
    hints: [
      {
        ko: '고칠 것이 둘이다. 하나는 새 파드와 옛 파드의 순서이고, 하나는 옛 파드가 끝나는 방식이다.',
        en: 'There are two things to change: the order of new and old pods, and the way an old pod ends.',
      },
      {
        ko: '`strategy.type`의 기본값은 `RollingUpdate`다. preStop은 앞에서 `web`에 한 것과 같다.',
        en: 'The default of `strategy.type` is `RollingUpdate`. The preStop hook is the same as the one of `web`.',
      },
      {
        ko: '`cart.yaml`에서 `Recreate`를 `RollingUpdate`로 바꾸고, 컨테이너에 `lifecycle: {preStop: {sleep: {seconds: 5}}}`를 더해 적용한다.',
        en: 'In `cart.yaml`, change `Recreate` to `RollingUpdate`, add `lifecycle: {preStop: {sleep: {seconds: 5}}}` to the container, and apply it.',
      },
    ],
    solution: [
      `sed -i 's/Recreate/RollingUpdate/' cart.yaml`,
      `echo '        lifecycle: {preStop: {sleep: {seconds: 5}}}' >> cart.yaml`,
      'kubectl apply -f cart.yaml',
      'kubectl rollout status deployment cart',
    ],
    alternatives: [
      [
        `kubectl patch deployment cart -p '{"spec":{"strategy":{"type":"RollingUpdate"},"template":{"spec":{"containers":[{"name":"cart","lifecycle":{"preStop":{"exec":{"command":["sleep","5"]}}}}]}}}}'`,
        'kubectl rollout status deployment cart',
      ],
    ],
    mistakes: [
      {
        lines: [`echo '        lifecycle: {preStop: {sleep: {seconds: 5}}}' >> cart.yaml`, 'kubectl apply -f cart.yaml'],
        failedCheck: 0,
      },
      { lines: [`sed -i 's/Recreate/RollingUpdate/' cart.yaml`, 'kubectl apply -f cart.yaml'], failedCheck: 1 },
    ],
  },
];
