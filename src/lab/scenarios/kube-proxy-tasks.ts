import type { Goal } from '../types';

/** Half of what kube-proxy would write for one more port: the destination changes, the source does not. */
const byHand = `ssh node-3 iptables -t nat -A PREROUTING -d 192.168.0.13 -p tcp --dport 9000 -j KUBE-SVC-HQOVHX4BQRA7XPPR
`;

export const kubeProxyFiles = { 'by-hand.sh': byHand };

const on9000 = 'ssh node-3 iptables -t nat -I PREROUTING -d 192.168.0.13 -p tcp --dport 9000';
const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

export const kubeProxyTasks: Goal[] = [
  {
    id: 'port-by-hand',
    title: {
      ko: '서비스를 고치지 않고, 노트북이 192.168.0.13:9000에서 서비스 test의 응답을 받는다',
      en: 'Without a change to the Service, the laptop gets an answer at 192.168.0.13:9000',
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
          ko: '서비스 test가 ClusterIP 타입이 아니다. 이 과제에서는 서비스를 고치지 않는다.',
          en: 'Service test is not of type ClusterIP. In this task the Service stays as it is.',
        },
      },
      {
        kind: 'probe',
        from: 'internet',
        protocol: 'TCP',
        address: '192.168.0.13',
        port: 9000,
        outcome: 'answered',
        failure: {
          ko: '노트북이 192.168.0.13:9000에서 응답을 받지 못했다. 파드까지 갔다면, 답이 어느 주소를 출발지로 달고 어디로 돌아왔는지 아래에서 본다.',
          en: 'The laptop got no answer at 192.168.0.13:9000. If the packet reached a pod, see below from which address the answer came, and where it went.',
        },
      },
    ],
    hints: [
      {
        ko: '`bash by-hand.sh`를 실행하고 `curl -m 2 http://192.168.0.13:9000/hostname`으로 부른 다음, 지도에서 답의 경로를 본다. 답은 node-3을 거치지 않는다.',
        en: 'Run `bash by-hand.sh`, call `curl -m 2 http://192.168.0.13:9000/hostname` and follow the answer on the map. It does not come back through node-3.',
      },
      {
        ko: '답이 node-3으로 돌아오게 하려면 출발지도 바꾸어야 한다. kube-proxy는 그런 패킷에 표시를 남기는 체인 `KUBE-MARK-MASQ`를 만들어 둔다. 목적지가 바뀌기 전에 거쳐야 한다.',
        en: 'For the answer to come back to node-3, the source has to change too. kube-proxy has made a chain that marks such packets, `KUBE-MARK-MASQ`. The packet has to pass it before its destination changes.',
      },
      {
        ko: `\`bash by-hand.sh\` 다음에 \`${on9000} -j KUBE-MARK-MASQ\`를 실행한다. \`-I\`는 체인의 맨 앞에 넣는다.`,
        en: `After \`bash by-hand.sh\`, run \`${on9000} -j KUBE-MARK-MASQ\`. \`-I\` puts the rule at the front of the chain.`,
      },
    ],
    solution: ['bash by-hand.sh', `${on9000} -j KUBE-MARK-MASQ`, 'curl -s http://192.168.0.13:9000/hostname'],
    alternatives: [
      // as a NodePort's chain does it: mark, then go on
      [
        'ssh node-3 iptables -t nat -N BY-HAND',
        'ssh node-3 iptables -t nat -A BY-HAND -j KUBE-MARK-MASQ',
        'ssh node-3 iptables -t nat -A BY-HAND -j KUBE-SVC-HQOVHX4BQRA7XPPR',
        `${on9000} -j BY-HAND`,
      ],
      // without kube-proxy's chains
      [
        `${on9000} -j DNAT --to-destination 10.244.1.2:8080`,
        'ssh node-3 iptables -t nat -A POSTROUTING -d 10.244.1.2 -p tcp --dport 8080 -j MASQUERADE',
      ],
    ],
    mistakes: [
      { lines: ['bash by-hand.sh'], failedCheck: 1 },
      { lines: ['bash by-hand.sh', `${on9000.replace('-I', '-A')} -j KUBE-MARK-MASQ`], failedCheck: 1 },
      { lines: [`kubectl patch service test -p '{"spec":{"type":"NodePort"}}'`], failedCheck: 0 },
    ],
  },
  {
    id: 'quarter-canary',
    title: {
      ko: '서비스 test의 새 연결이 넷 가운데 하나꼴로 canary의 파드에 간다',
      en: 'About one in four new connections to Service test goes to the pod of canary',
    },
    checks: [
      {
        kind: 'object',
        resource: 'deployments',
        namespace: 'default',
        name: 'canary',
        path: ['status', 'readyReplicas'],
        equals: 1,
        failure: {
          ko: '디플로이먼트 canary에 준비된 파드가 하나 있어야 한다.',
          en: 'Deployment canary must have one ready pod.',
        },
      },
      {
        kind: 'object',
        resource: 'deployments',
        namespace: 'default',
        name: 'test',
        path: ['status', 'readyReplicas'],
        equals: 3,
        failure: {
          ko: '파드마다 확률이 같다. canary의 파드 하나가 넷 가운데 하나가 되려면 test의 파드는 몇이어야 하는가.',
          en: 'Each pod has the same chance. With how many pods of test is the canary pod one in four?',
        },
      },
      {
        kind: 'object',
        resource: 'endpoints',
        namespace: 'default',
        name: 'test',
        path: ['subsets', 0, 'addresses', 3, 'ip'],
        failure: {
          ko: '서비스 test의 엔드포인트가 넷이 아니다. 셀렉터가 두 디플로이먼트의 파드를 모두 골라야 한다.',
          en: 'Service test does not have four endpoints. Its selector has to pick the pods of both Deployments.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/test',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 test의 80번 포트에서 응답을 받지 못했다.',
          en: 'The client pod got no answer from Service test on port 80.',
        },
      },
    ],
    hints: [
      {
        ko: '규칙에는 디플로이먼트가 나오지 않는다. 준비된 엔드포인트만 나오고, 확률은 모두 같다. 나눌 비율은 파드의 수로 정한다.',
        en: 'Deployments do not appear in the rules. Only ready endpoints do, all with the same chance. The ratio follows from the number of pods.',
      },
      {
        ko: '셀렉터는 두 디플로이먼트의 파드에 똑같이 있는 레이블을 보아야 한다. 디플로이먼트의 `template`에 레이블을 더하면 새 파드에 붙는다.',
        en: 'The selector has to look for a label that the pods of both Deployments have. A label that you add to a Deployment’s `template` is on its new pods.',
      },
      {
        ko: '`canary`를 만들고, `test`를 3으로 늘린다. 두 디플로이먼트의 `template`에 레이블 `group: shop`을 더하고 서비스의 셀렉터를 `group: shop`으로 바꾼다.',
        en: 'Create `canary` and scale `test` to 3. Add the label `group: shop` to the `template` of both Deployments, then make `group: shop` the Service’s selector.',
      },
    ],
    solution: [
      `kubectl create deployment canary --image=${agnhost} -- /agnhost netexec --http-port=8080`,
      `kubectl patch deployment canary -p '{"spec":{"template":{"metadata":{"labels":{"group":"shop"}}}}}'`,
      `kubectl patch deployment test -p '{"spec":{"replicas":3,"template":{"metadata":{"labels":{"group":"shop"}}}}}'`,
      `kubectl patch service test -p '{"spec":{"selector":{"app":null,"group":"shop"}}}'`,
      'sleep 15',
      'ssh node-3 iptables -t nat -S KUBE-SVC-HQOVHX4BQRA7XPPR',
    ],
    alternatives: [
      // a second Deployment whose pods carry the Service's label and one of their own
      [
        `kubectl get deployment test -o json | jq '.metadata = {name: "canary"} | .spec.replicas = 1 | .spec.selector.matchLabels.track = "canary" | .spec.template.metadata.labels.track = "canary"' > canary.json`,
        'kubectl apply -f canary.json',
        'kubectl scale deployment test --replicas=3',
        'sleep 10',
      ],
    ],
    mistakes: [
      {
        lines: [`kubectl create deployment canary --image=${agnhost} -- /agnhost netexec`, 'sleep 5'],
        failedCheck: 1,
      },
      {
        lines: [
          `kubectl create deployment canary --image=${agnhost} -- /agnhost netexec`,
          'kubectl scale deployment test --replicas=3',
          'sleep 5',
        ],
        failedCheck: 2,
      },
    ],
  },
];
