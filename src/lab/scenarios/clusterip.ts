import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';
import { clusteripFiles, clusteripTasks } from './clusterip-tasks';

/** The note's first manifest. */
const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  selector:
    app: test
  ports:
  - port: 8080
    protocol: TCP
    targetPort: 8080
`;

/** ClusterIP: an address for the inside of the cluster. */
export const clusterip: Scenario = {
  name: 'clusterip',
  cloud: 'openstack',
  manifests: [testDeployment(8080), clientPod],
  files: { 'test-clusterip.yaml': service, ...clusteripFiles },
  goals: [
    {
      id: 'reach-clusterip',
      title: {
        ko: '파드 client가 서비스 test의 8080번 포트에서 응답을 받는다',
        en: 'The client pod gets an answer from Service test on port 8080',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'test',
          path: ['spec', 'clusterIP'],
          failure: {
            ko: '이름이 test인 서비스가 아직 없다. 매니페스트를 적용한다.',
            en: 'There is no Service named test yet. Apply the manifest.',
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
            ko: '파드 client가 클러스터 IP의 8080번 포트에 요청을 보냈지만 응답을 받지 못했다. 패킷이 끝난 곳을 아래에서 확인한다.',
            en: 'The client pod called the cluster IP on port 8080 and got no answer. See below where the packet ended.',
          },
        },
      ],
      hints: [
        {
          ko: '홈 디렉터리에 이 레슨의 매니페스트가 있다. `ls`로 찾아 `cat`으로 읽어 본다.',
          en: 'This lesson’s manifest is in your home directory. Find it with `ls` and read it with `cat`.',
        },
        {
          ko: '매니페스트를 API 서버에 보내는 명령은 `kubectl apply -f 파일`이다. 그다음 `kubectl get svc`로 주소를 확인한다.',
          en: '`kubectl apply -f FILE` sends a manifest to the API server. After that, `kubectl get svc` shows the address.',
        },
        {
          ko: '`kubectl apply -f test-clusterip.yaml`을 실행하고, `kubectl exec client -- curl -s http://test:8080/hostname`으로 확인한다.',
          en: 'Run `kubectl apply -f test-clusterip.yaml`, then check with `kubectl exec client -- curl -s http://test:8080/hostname`.',
        },
      ],
      solution: ['kubectl apply -f test-clusterip.yaml', 'kubectl exec client -- curl -s http://test:8080/hostname'],
      mistakes: [{ lines: ['kubectl expose deployment test --port=80'], failedCheck: 1 }],
    },
    ...clusteripTasks,
  ],
};
