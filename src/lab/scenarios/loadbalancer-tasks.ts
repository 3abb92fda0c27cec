import type { Goal } from '../types';

/** The note's first port alone, without node ports: this cloud's balancer has nowhere to hand connections to. */
const bare = `apiVersion: v1
kind: Service
metadata:
  name: bare
  annotations:
    service.beta.kubernetes.io/openstack-internal-load-balancer: "true"
spec:
  type: LoadBalancer
  allocateLoadBalancerNodePorts: false
  selector:
    app: test
  ports:
  - name: http1
    port: 30080
    targetPort: 5000
`;

export const loadbalancerFiles = { 'bare-loadbalancer.yaml': bare };

export const loadbalancerTasks: Goal[] = [
  {
    id: 'from-internet',
    title: {
      ko: '노트북이 공인 주소 203.0.113.10의 30080번 포트에서 응답을 받는다',
      en: 'The laptop gets an answer from the public address 203.0.113.10 on port 30080',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'test',
        path: ['status', 'loadBalancer', 'ingress', 0, 'ip'],
        failure: {
          ko: '서비스 test에 로드 밸런서 주소가 아직 없다.',
          en: 'Service test has no load balancer address yet.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '203.0.113.10',
        port: 30080,
        outcome: 'answered',
        failure: {
          ko: '노트북이 203.0.113.10:30080에서 응답을 받지 못했다. `kubectl get svc test`의 EXTERNAL-IP가 어느 대역의 주소인지 본다.',
          en: 'The laptop got no answer at 203.0.113.10:30080. Check which network the EXTERNAL-IP in `kubectl get svc test` belongs to.',
        },
      },
    ],
    hints: [
      {
        ko: '내부 주소와 공인 주소의 차이는 `spec`이 아니라 `metadata`에 있다.',
        en: 'The choice between an internal and a public address is made in `metadata`, not in `spec`.',
      },
      {
        ko: '홈 디렉터리의 두 매니페스트 `test-loadbalancer.yaml`과 `test-loadbalancer-public.yaml`을 견주어 본다.',
        en: 'Compare `test-loadbalancer.yaml` with `test-loadbalancer-public.yaml` in your home directory.',
      },
      {
        ko: '`annotations:`와 그 아래 한 줄을 지우고 `kubectl apply -f test-loadbalancer.yaml`을 실행한다.',
        en: 'Delete `annotations:` and the line below it, then run `kubectl apply -f test-loadbalancer.yaml`.',
      },
    ],
    solution: [
      `sed -i '/annotations:/d; /openstack-internal/d' test-loadbalancer.yaml`,
      'kubectl apply -f test-loadbalancer.yaml',
      'sleep 5',
      'curl -s http://203.0.113.10:30080/hostname',
    ],
    mistakes: [{ lines: ['kubectl apply -f test-loadbalancer.yaml', 'sleep 5'], failedCheck: 1 }],
  },
  {
    id: 'back-inside',
    title: {
      ko: '서비스 test가 클러스터 안에서만 응답한다',
      en: 'Service test answers inside the cluster only',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'test',
        path: ['spec', 'type'],
        equals: 'ClusterIP',
        failure: {
          ko: '타입이 ClusterIP인 서비스 test가 없다.',
          en: 'There is no Service test of type ClusterIP.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/test',
        port: 30080,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 test의 30080번 포트에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from Service test on port 30080.',
        },
      },
      {
        kind: 'probe',
        from: 'vm',
        protocol: 'TCP',
        address: '192.168.0.11',
        port: 30352,
        outcome: 'refused',
        failure: {
          ko: '테넌트 VM이 192.168.0.11:30352에서 여전히 응답을 받는다.',
          en: 'The tenant VM still gets an answer at 192.168.0.11:30352.',
        },
      },
    ],
    hints: [
      {
        ko: '바깥 주소와 노드 포트를 만든 것은 필드 하나다. 그 값을 클러스터 안에서만 쓰는 타입으로 바꾼다.',
        en: 'One field is behind both the outside address and the node ports. Set it to the type for use inside the cluster only.',
      },
      {
        ko: '타입이 바뀌면 API 서버는 노드 포트를, 클라우드는 주소를 회수한다. 매니페스트의 `nodePort`도 지워 두어야 다음에 적용할 때 거절되지 않는다.',
        en: 'When the type changes, the API server releases the node ports and the cloud releases the address. Remove `nodePort` from the manifest too, or the API server rejects it the next time you apply it.',
      },
      {
        ko: '`test-loadbalancer.yaml`에서 `type`을 `ClusterIP`로 바꾸고 `nodePort` 세 줄을 지운 다음 적용한다.',
        en: 'In `test-loadbalancer.yaml`, set `type` to `ClusterIP`, delete the three `nodePort` lines, and apply.',
      },
    ],
    solution: [
      'kubectl apply -f test-loadbalancer.yaml',
      'sleep 5',
      `sed -i 's/type: LoadBalancer/type: ClusterIP/; /nodePort:/d' test-loadbalancer.yaml`,
      'kubectl apply -f test-loadbalancer.yaml',
      'kubectl exec client -- curl -s http://test:30080/hostname',
    ],
    mistakes: [
      { lines: ['kubectl apply -f test-loadbalancer.yaml', 'sleep 5', 'kubectl delete svc test'], failedCheck: 0 },
      {
        lines: [
          "sed -i 's/type: LoadBalancer/type: NodePort/' test-loadbalancer.yaml",
          'kubectl apply -f test-loadbalancer.yaml',
        ],
        failedCheck: 0,
      },
    ],
  },
];
