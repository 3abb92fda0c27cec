import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';
import { loadbalancerFiles, loadbalancerTasks } from './loadbalancer-tasks';

const annotation = `  annotations:
    service.beta.kubernetes.io/openstack-internal-load-balancer: "true"
`;

const service = (head: string, nodePorts: readonly number[] | undefined) => `apiVersion: v1
kind: Service
metadata:
  name: test
${head}spec:
  type: LoadBalancer
  selector:
    app: test
  ports:
${[30080, 30081, 30082]
  .map(
    (port, index) => `  - name: http${index + 1}
    port: ${port}
    targetPort: 5000
${nodePorts ? `    nodePort: ${nodePorts[index]}\n` : ''}`,
  )
  .join('')}`;

/** LoadBalancer: an address outside the cluster, in front of node ports. */
export const loadbalancer: Scenario = {
  name: 'loadbalancer',
  cloud: 'openstack',
  manifests: [testDeployment(5000), clientPod],
  files: {
    // The note's third manifest, with the node ports that its cluster had happened to allocate.
    'test-loadbalancer.yaml': service(annotation, [30352, 31824, 31996]),
    // The same without node ports: others are allocated.
    'test-loadbalancer-auto.yaml': service(annotation, undefined),
    // Without the annotation the cloud gives a public (floating) address.
    'test-loadbalancer-public.yaml': service('', [30352, 31824, 31996]),
    ...loadbalancerFiles,
  },
  goals: [
    {
      id: 'reach-loadbalancer',
      title: {
        ko: '테넌트 네트워크의 VM이 로드 밸런서 주소의 30080번 포트에서 응답을 받는다',
        en: 'The tenant VM gets an answer from the load balancer’s address on port 30080',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'test',
          path: ['spec', 'type'],
          equals: 'LoadBalancer',
          failure: {
            ko: '타입이 LoadBalancer인 서비스 test가 아직 없다.',
            en: 'There is no Service test of type LoadBalancer yet.',
          },
        },
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'test',
          path: ['status', 'loadBalancer', 'ingress', 0, 'ip'],
          failure: {
            ko: '로드 밸런서 주소가 아직 <pending>이다. 클라우드가 주소를 만드는 데 몇 초가 걸린다.',
            en: 'The load balancer’s address is still <pending>. The cloud takes a few seconds to assign one.',
          },
        },
        {
          kind: 'probe',
          from: 'vm',
          protocol: 'TCP',
          address: 'ingress:default/test',
          port: 30080,
          outcome: 'answered',
          failure: {
            ko: 'VM이 로드 밸런서의 30080번 포트에 요청을 보냈지만 응답을 받지 못했다. 패킷이 끝난 곳을 아래에서 확인한다.',
            en: 'The tenant VM called the load balancer on port 30080 and got no answer. See below where the packet ended.',
          },
        },
      ],
      hints: [
        {
          ko: '홈 디렉터리에 LoadBalancer 매니페스트가 여러 개 있다. 어노테이션과 nodePort가 어떻게 다른지 견주어 본다.',
          en: 'There are several LoadBalancer manifests in your home directory. Compare their annotations and node ports.',
        },
        {
          ko: '매니페스트를 적용하고 `kubectl get svc test -w`로 EXTERNAL-IP가 채워지기를 기다린다. 내부 로드 밸런서의 주소는 테넌트 네트워크에 있다.',
          en: 'Apply a manifest and watch `kubectl get svc test -w` until EXTERNAL-IP shows an address. An internal load balancer’s address is in the tenant network.',
        },
        {
          ko: '`kubectl apply -f test-loadbalancer.yaml`을 실행하고 몇 초 뒤 `ssh vm`으로 옮겨 가서 `curl -s http://주소:30080/hostname`으로 확인한다.',
          en: 'Run `kubectl apply -f test-loadbalancer.yaml`, wait a few seconds, log in to the VM with `ssh vm`, and check with `curl -s http://ADDRESS:30080/hostname`.',
        },
      ],
      solution: [
        'kubectl apply -f test-loadbalancer.yaml',
        'sleep 5',
        "ssh vm 'curl -s http://$(kubectl get svc test -o jsonpath={.status.loadBalancer.ingress[0].ip}):30080/hostname'",
      ],
      mistakes: [
        { lines: ['kubectl expose deployment test --port=30080 --type=NodePort'], failedCheck: 0 },
        {
          lines: ['kubectl expose deployment test --port=30080 --target-port=80 --type=LoadBalancer', 'sleep 5'],
          failedCheck: 2,
        },
      ],
    },
    ...loadbalancerTasks,
  ],
};
