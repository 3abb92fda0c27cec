import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';
import { whyServicesFiles, whyServicesTasks } from './why-services-tasks';

/** Why a Service at all: pods come and go, and their addresses with them. */
export const whyServices: Scenario = {
  name: 'why-services',
  cloud: 'openstack',
  manifests: [testDeployment(8080), clientPod],
  files: { 'deployment.yaml': testDeployment(8080), ...whyServicesFiles },
  goals: [
    {
      id: 'one-stable-address',
      title: {
        ko: '파드가 바뀌어도 변하지 않는 주소로 파드 client가 응답을 받는다',
        en: 'The client pod gets an answer through an address that stays the same when pods change',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'test',
          path: ['spec', 'clusterIP'],
          failure: {
            ko: '파드들 앞에 둘 서비스가 아직 없다. 이름은 test로 한다.',
            en: 'There is no Service in front of the pods yet. Name it test.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/test',
          port: 8080,
          outcome: 'answered',
          failure: {
            ko: '파드 client가 서비스 test의 8080번 포트에 요청을 보냈지만 응답을 받지 못했다. 포트와 셀렉터를 확인한다.',
            en: 'The client pod called Service test on port 8080 and got no answer. Check its port and its selector.',
          },
        },
      ],
      hints: [
        {
          ko: '`kubectl get pods -o wide`로 파드의 IP를 보고, 파드 하나를 지운 다음 다시 본다. 그 IP는 돌아오지 않는다.',
          en: 'Look at the pods’ IPs with `kubectl get pods -o wide`, delete one pod and look again. Its IP does not come back.',
        },
        {
          ko: '디플로이먼트(Deployment) 앞에 서비스를 만드는 명령은 `kubectl expose`다.',
          en: '`kubectl expose` creates a Service in front of a Deployment.',
        },
        {
          ko: '`kubectl expose deployment test --port=8080`을 실행하고, `kubectl exec client -- curl -s http://test:8080/hostname`으로 확인한다.',
          en: 'Run `kubectl expose deployment test --port=8080`, then check with `kubectl exec client -- curl -s http://test:8080/hostname`.',
        },
      ],
      solution: ['kubectl expose deployment test --port=8080', 'kubectl exec client -- curl -s http://test:8080/hostname'],
      mistakes: [{ lines: ['kubectl expose deployment test --port=80'], failedCheck: 1 }],
    },
    ...whyServicesTasks,
  ],
};
