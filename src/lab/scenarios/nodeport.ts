import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';
import { nodeportFiles, nodeportTasks } from './nodeport-tasks';

/** The note's second manifest. */
const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  type: NodePort
  selector:
    app: test
  ports:
  - name: "30088-5000"
    nodePort: 30088
    port: 30001
    targetPort: 5000
`;

/** NodePort: every node opens the port. */
export const nodeport: Scenario = {
  name: 'nodeport',
  cloud: 'openstack',
  manifests: [testDeployment(5000), clientPod],
  files: { 'test-nodeport.yaml': service, ...nodeportFiles },
  goals: [
    {
      id: 'reach-nodeport',
      title: {
        ko: '클러스터 밖의 노트북이 node-3의 30088번 포트에서 응답을 받는다',
        en: 'The laptop outside the cluster gets an answer from node-3 on port 30088',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'test',
          path: ['spec', 'ports', 0, 'nodePort'],
          equals: 30088,
          failure: {
            ko: '서비스 test의 첫 번째 포트에 nodePort 30088이 없다.',
            en: 'The first port of Service test does not have the node port 30088.',
          },
        },
        {
          kind: 'probe',
          from: 'internet',
          protocol: 'TCP',
          address: '192.168.0.13',
          port: 30088,
          outcome: 'answered',
          failure: {
            ko: '노트북이 192.168.0.13:30088에 요청을 보냈지만 응답을 받지 못했다. 패킷이 끝난 곳을 아래에서 확인한다.',
            en: 'The laptop called 192.168.0.13:30088 and got no answer. See below where the packet ended.',
          },
        },
      ],
      hints: [
        {
          ko: '홈 디렉터리의 매니페스트에는 포트 번호가 셋 있다. 노드가 여는 포트가 어느 것인지 찾아본다.',
          en: 'The manifest in your home directory has three port numbers. Find out which one the nodes open.',
        },
        {
          ko: '매니페스트를 적용한 다음, 노드의 주소와 nodePort로 연결한다. 노드의 주소는 `kubectl get nodes -o wide`에 있다.',
          en: 'Apply the manifest, then call a node’s address on the node port. `kubectl get nodes -o wide` lists the addresses.',
        },
        {
          ko: '`kubectl apply -f test-nodeport.yaml`을 실행하고, `curl -s http://192.168.0.13:30088/hostname`으로 확인한다.',
          en: 'Run `kubectl apply -f test-nodeport.yaml`, then check with `curl -s http://192.168.0.13:30088/hostname`.',
        },
      ],
      solution: ['kubectl apply -f test-nodeport.yaml', 'curl -s http://192.168.0.13:30088/hostname'],
      mistakes: [{ lines: ['kubectl expose deployment test --port=30088 --type=NodePort'], failedCheck: 0 }],
    },
    ...nodeportTasks,
  ],
};
