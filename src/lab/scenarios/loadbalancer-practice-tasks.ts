import type { Check, Goal, Localized } from '../types';

/** Asks for an address that MetalLB may not give. */
const fixed = `apiVersion: v1
kind: Service
metadata:
  name: fixed
  annotations:
    metallb.io/loadBalancerIPs: 192.168.0.200
spec:
  type: LoadBalancer
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 8080
`;

export const loadbalancerPracticeFiles = { 'fixed.yaml': fixed };

const shop = (path: (string | number)[], failure: Localized, rest: { equals?: unknown; absent?: true } = {}): Check => ({
  kind: 'object',
  resource: 'services',
  namespace: 'default',
  name: 'shop',
  path,
  failure,
  ...rest,
});

const shopService = (lines: string): string =>
  `printf 'apiVersion: v1\\nkind: Service\\nmetadata:\\n  name: shop\\nspec:\\n  type: LoadBalancer\\n${lines}  selector:\\n    app: test\\n  ports:\\n  - port: 80\\n    targetPort: 8080\\n' | kubectl apply -f -`;
const wait = 'sleep 3';

export const loadbalancerPracticeTasks: Goal[] = [
  {
    id: 'fixed-address',
    title: {
      ko: '노트북이 서비스 fixed의 192.168.0.245:80에서 응답을 받는다',
      en: 'The laptop gets an answer from Service fixed at 192.168.0.245:80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'fixed',
        path: ['status', 'loadBalancer', 'ingress', 0, 'ip'],
        equals: '192.168.0.245',
        failure: {
          ko: '서비스 fixed의 주소가 192.168.0.245가 아니다. `kubectl describe svc fixed`의 Events에 이유가 있다.',
          en: 'The address of Service fixed is not 192.168.0.245. The Events of `kubectl describe svc fixed` say why.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.245',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.245:80에서 응답을 받지 못했다.',
          en: 'The laptop got no answer at 192.168.0.245:80.',
        },
      },
    ],
    hints: [
      {
        ko: '그대로 적용하고 `kubectl describe svc fixed`의 마지막 줄을 읽는다.',
        en: 'Apply it as it is and read the last line of `kubectl describe svc fixed`.',
      },
      {
        ko: '이 클러스터의 MetalLB는 192.168.0.240부터 192.168.0.250까지만 내줄 수 있다.',
        en: 'MetalLB may give 192.168.0.240 to 192.168.0.250 in this cluster.',
      },
      {
        ko: '어노테이션의 주소를 192.168.0.245로 고치고 `kubectl apply -f fixed.yaml`을 실행한다.',
        en: 'Set the address in the annotation to 192.168.0.245 and run `kubectl apply -f fixed.yaml`.',
      },
    ],
    solution: [`sed -i 's/0.200/0.245/' fixed.yaml`, 'kubectl apply -f fixed.yaml', wait],
    alternatives: [
      ['kubectl apply -f fixed.yaml', 'kubectl annotate svc fixed metallb.io/loadBalancerIPs=192.168.0.245 --overwrite', wait],
    ],
    mistakes: [
      { lines: ['kubectl apply -f fixed.yaml', wait], failedCheck: 0 },
      { lines: [`sed -i '/annotations/d; /metallb/d' fixed.yaml`, 'kubectl apply -f fixed.yaml', wait], failedCheck: 0 },
    ],
  },
  {
    id: 'one-way-in',
    title: {
      ko: '서비스 shop은 로드 밸런서의 주소로만 들어올 수 있고, 파드는 노트북의 주소를 본다',
      en: 'Service shop can be reached by its load balancer address only, and its pods see the laptop’s address',
    },
    checks: [
      shop(['status', 'loadBalancer', 'ingress', 0, 'ip'], {
        ko: '서비스 shop이 없거나 로드 밸런서의 주소가 없다.',
        en: 'There is no Service shop, or it has no load balancer address.',
      }),
      shop(
        ['spec', 'ports', 0, 'nodePort'],
        {
          ko: '서비스 shop에 노드 포트가 있다. 이미 받은 노드 포트는 `allocateLoadBalancerNodePorts`를 나중에 바꾸어도 지울 때까지 남는다.',
          en: 'Service shop has a node port. One that was allocated stays when `allocateLoadBalancerNodePorts` is changed later, until you remove it.',
        },
        { absent: true },
      ),
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: 'ingress:default/shop',
        port: 80,
        outcome: 'answered',
        sourceKept: true,
        failure: {
          ko: '노트북이 shop의 80번에서 응답을 받지 못했거나, 파드가 본 출발지가 노트북의 주소가 아니다.',
          en: 'Either the laptop got no answer from shop on port 80, or the pod saw a source other than the laptop’s address.',
        },
      },
    ],
    hints: [
      {
        ko: '필드가 둘 필요하다. 하나는 노드 포트를 받지 않게 하고, 하나는 출발지를 지킨다.',
        en: 'It takes two fields: one to get no node ports, one to keep the source.',
      },
      {
        ko: '`bare.yaml`을 본으로 삼고 `externalTrafficPolicy`를 더한다.',
        en: 'Take `bare.yaml` as a model and add `externalTrafficPolicy`.',
      },
      {
        ko: '`bare.yaml`에서 이름을 `shop`으로 바꾸고 `spec`에 `externalTrafficPolicy: Local`을 더해 적용한다.',
        en: 'In `bare.yaml`, change the name to `shop`, add `externalTrafficPolicy: Local` to `spec`, and apply it.',
      },
    ],
    solution: [
      `sed 's/name: bare/name: shop/; s/type: LoadBalancer/&\\n  externalTrafficPolicy: Local/' bare.yaml | kubectl apply -f -`,
      wait,
    ],
    alternatives: [
      [
        shopService('  externalTrafficPolicy: Local\\n'),
        `kubectl patch svc shop -p '{"spec":{"type":"ClusterIP","externalTrafficPolicy":null}}'`,
        `kubectl patch svc shop -p '{"spec":{"type":"LoadBalancer","allocateLoadBalancerNodePorts":false,"externalTrafficPolicy":"Local"}}'`,
        wait,
      ],
      [
        shopService('  externalTrafficPolicy: Local\\n'),
        `kubectl patch svc shop -p '{"spec":{"allocateLoadBalancerNodePorts":false}}'`,
        `kubectl patch svc shop --type=json -p '[{"op":"remove","path":"/spec/ports/0/nodePort"}]'`,
        wait,
      ],
    ],
    mistakes: [
      {
        lines: [
          shopService('  externalTrafficPolicy: Local\\n'),
          `kubectl patch svc shop -p '{"spec":{"allocateLoadBalancerNodePorts":false}}'`,
          wait,
        ],
        failedCheck: 1,
      },
      { lines: [shopService('  allocateLoadBalancerNodePorts: false\\n'), wait], failedCheck: 2 },
    ],
  },
];
