import type { Scenario } from '../types';
import { testDeployment } from './manifests';

const service = (name: string): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${name}
spec:
  type: NodePort
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 5000
    nodePort: 30080
`;

const namespace = (name: string): string => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
`;

const old = service('shop-old').replace('namespace: shop-old', 'namespace: legacy');
const wanted = service('shop').replace('  namespace: shop\n', '');

/** A node port that a Service of another namespace holds. */
export const labPortTaken: Scenario = {
  name: 'lab-port-taken',
  cloud: 'openstack',
  manifests: [namespace('legacy'), testDeployment(5000), old],
  files: { 'shop.yaml': wanted },
  goals: [
    {
      id: 'shop-on-30080',
      title: {
        ko: '노트북이 192.168.0.11:30080에서 서비스 shop의 응답을 받는다',
        en: 'The laptop gets an answer from Service shop at 192.168.0.11:30080',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'shop',
          path: ['spec', 'ports', 0, 'nodePort'],
          equals: 30080,
          failure: {
            ko: '서비스 shop에 노드 포트 30080이 없다. 노드 포트는 클러스터 전체에 하나뿐이라, 다른 네임스페이스의 서비스가 쥐고 있으면 놓아야 한다. 고객이 아는 번호는 30080이므로 다른 번호는 답이 아니다.',
            en: 'Service shop does not have the node port 30080. A node port exists once in the whole cluster: a Service that holds it, in whatever namespace, has to let it go. Customers know 30080, so another number is no answer.',
          },
        },
        {
          kind: 'probe',
          from: 'internet',
          protocol: 'TCP',
          address: '192.168.0.11',
          port: 30080,
          outcome: 'answered',
          failure: {
            ko: '서비스 shop은 30080을 갖고 있지만 응답이 없다. 셀렉터와 `targetPort`를 본다.',
            en: 'Service shop has 30080, but there is no answer. Look at its selector and `targetPort`.',
          },
        },
      ],
      hints: [
        {
          ko: '메시지는 누가 30080을 쥐고 있는지 말하지 않는다. 자기 네임스페이스만 보아서는 찾을 수 없다.',
          en: 'The message does not say who holds 30080. Looking in your own namespace is not enough.',
        },
        {
          ko: '`kubectl get svc -A`의 `PORT(S)`에서 30080을 찾는다.',
          en: 'Find 30080 under `PORT(S)` in `kubectl get svc -A`.',
        },
        {
          ko: '`kubectl delete svc shop-old -n legacy`로 지우거나 그 서비스의 타입을 ClusterIP로 바꾼 다음, `kubectl apply -f shop.yaml`을 실행한다.',
          en: 'Run `kubectl delete svc shop-old -n legacy`, or change that Service to ClusterIP; then run `kubectl apply -f shop.yaml`.',
        },
      ],
      solution: [
        'kubectl delete svc shop-old -n legacy',
        'kubectl apply -f shop.yaml',
        'curl -s http://192.168.0.11:30080/hostname',
      ],
      alternatives: [
        [`kubectl patch svc shop-old -n legacy -p '{"spec":{"type":"ClusterIP"}}'`, 'kubectl apply -f shop.yaml'],
        [
          `kubectl patch svc shop-old -n legacy --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":30081}]'`,
          'kubectl apply -f shop.yaml',
        ],
      ],
      mistakes: [
        { lines: ['kubectl apply -f shop.yaml'], failedCheck: 0 },
        { lines: [`sed -i 's/30080/30081/' shop.yaml`, 'kubectl apply -f shop.yaml'], failedCheck: 0 },
        { lines: [`sed -i '/nodePort/d' shop.yaml`, 'kubectl apply -f shop.yaml'], failedCheck: 0 },
      ],
    },
  ],
};
