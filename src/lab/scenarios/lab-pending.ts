import type { Scenario } from '../types';
import { testDeployment } from './manifests';

/** A class that no controller here looks after; copied from another cluster. */
const service = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: LoadBalancer
  loadBalancerClass: example.com/edge
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 5000
`;

const withoutClass = `sed -i '/loadBalancerClass/d' shop.yaml`;

/** A load balancer that nobody is going to make. */
export const labPending: Scenario = {
  name: 'lab-pending',
  cloud: 'openstack',
  manifests: [testDeployment(5000), service],
  files: { 'shop.yaml': service },
  goals: [
    {
      id: 'shop-has-address',
      title: {
        ko: '노트북이 서비스 shop의 EXTERNAL-IP와 80번 포트에서 응답을 받는다',
        en: 'The laptop gets an answer at the EXTERNAL-IP of Service shop on port 80',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'shop',
          path: ['spec', 'loadBalancerClass'],
          equals: 'example.com/edge',
          absent: true,
          failure: {
            ko: '서비스 shop은 아직 `example.com/edge` 클래스의 로드 밸런서를 기다린다. 이 필드는 타입이 LoadBalancer인 동안 바꿀 수 없다. 거절되었다면 메시지를 끝까지 읽는다.',
            en: 'Service shop still waits for a load balancer of class `example.com/edge`. While the type is LoadBalancer this field cannot be changed. If you were refused, read the message to its end.',
          },
        },
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'shop',
          path: ['spec', 'type'],
          equals: 'LoadBalancer',
          failure: {
            ko: '타입이 LoadBalancer인 서비스 shop이 없다. NodePort나 `externalIPs`로는 로드 밸런서의 주소가 생기지 않는다.',
            en: 'There is no Service shop of type LoadBalancer. Neither NodePort nor `externalIPs` brings the address of a load balancer.',
          },
        },
        {
          kind: 'probe',
          from: 'internet',
          protocol: 'TCP',
          address: 'ingress:default/shop',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '노트북이 로드 밸런서의 주소에서 응답을 받지 못했다. 방금 만들었으면 주소가 생길 때까지 몇 초 걸린다. 어노테이션으로 내부 로드 밸런서를 요청했으면 밖에서는 닿지 않는다.',
            en: 'The laptop got no answer at the load balancer’s address. If it is new, the address takes a few seconds. An internal one, asked for by annotation, cannot be reached from outside.',
          },
        },
      ],
      hints: [
        {
          ko: '클라우드가 로드 밸런서를 만들려다 실패했으면 `Events`에 남는다. 아무것도 없다면 아무도 시도하지 않은 것이다.',
          en: 'Had the cloud tried and failed, `Events` would say so. If there is nothing, nobody has tried.',
        },
        {
          ko: '`kubectl get svc shop -o yaml`에서 `loadBalancerClass`를 찾는다. 이 값이 있으면 클라우드의 컨트롤러는 손대지 않는다.',
          en: 'Find `loadBalancerClass` in `kubectl get svc shop -o yaml`. Where it is set, the cloud’s own controller leaves the Service alone.',
        },
        {
          ko: '`shop.yaml`에서 `loadBalancerClass` 줄을 지우고 `kubectl replace --force -f shop.yaml`을 실행한다. 그대로 적용하면 거절되므로 지우고 다시 만드는 것이다.',
          en: 'Remove the `loadBalancerClass` line from `shop.yaml` and run `kubectl replace --force -f shop.yaml`. A plain apply is refused; this one deletes and creates.',
        },
      ],
      solution: [withoutClass, 'kubectl delete svc shop', 'kubectl apply -f shop.yaml', 'sleep 10', 'kubectl get svc shop'],
      alternatives: [
        [withoutClass, 'kubectl replace --force -f shop.yaml', 'sleep 10'],
        [
          `kubectl patch svc shop -p '{"spec":{"type":"NodePort","loadBalancerClass":null}}'`,
          `kubectl patch svc shop -p '{"spec":{"type":"LoadBalancer"}}'`,
          'sleep 10',
        ],
      ],
      mistakes: [
        { lines: [withoutClass, 'kubectl apply -f shop.yaml', 'sleep 10'], failedCheck: 0 },
        { lines: [`kubectl patch svc shop -p '{"spec":{"loadBalancerClass":"openstack"}}'`], failedCheck: 0 },
        { lines: ['kubectl delete svc shop', 'kubectl apply -f shop.yaml', 'sleep 10'], failedCheck: 0 },
        { lines: [`kubectl patch svc shop -p '{"spec":{"type":"NodePort","loadBalancerClass":null}}'`], failedCheck: 1 },
      ],
    },
  ],
};
