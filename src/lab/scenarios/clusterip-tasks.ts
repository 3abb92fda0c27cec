import type { Goal } from '../types';

/** Without a targetPort it is the port, 80, where no pod listens. */
const web = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: test
  ports:
  - port: 80
`;

export const clusteripFiles = { 'web.yaml': web };

export const clusteripTasks: Goal[] = [
  {
    id: 'web-port-80',
    title: {
      ko: '파드 client가 서비스 web의 80번 포트에서 응답을 받는다',
      en: 'The client pod gets an answer from Service web on port 80',
    },
    checks: [
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'web',
        path: ['spec', 'clusterIP'],
        failure: {
          ko: '이름이 web인 서비스가 아직 없다. `web.yaml`을 적용한다.',
          en: 'There is no Service named web yet. Apply `web.yaml`.',
        },
      },
      {
        kind: 'probe',
        from: 'pod:default/client',
        protocol: 'TCP',
        address: 'service:default/web',
        port: 80,
        outcome: 'answered',
        failure: {
          ko: '파드 client가 서비스 web의 80번 포트에서 응답을 받지 못했다. 패킷이 파드의 어느 포트로 갔는지 본다.',
          en: 'The client pod got no answer from Service web on port 80. Check which port of the pod the packet went to.',
        },
      },
    ],
    hints: [
      {
        ko: '거절한 것은 서비스가 아니라 파드다. `kubectl describe svc web`의 `Endpoints`에 있는 포트 번호를 본다.',
        en: 'The pod refuses the connection, not the Service. Look at the port number under `Endpoints` in `kubectl describe svc web`.',
      },
      {
        ko: '`test` 파드의 프로그램이 듣는 포트는 `kubectl describe pods -l app=test`에 있다.',
        en: '`kubectl describe pods -l app=test` shows the port that the program in the `test` pods listens on.',
      },
      {
        ko: '`port: 80` 아래에 같은 들여쓰기로 `targetPort: 8080`을 적고 다시 적용한다.',
        en: 'Write `targetPort: 8080` below `port: 80` with the same indentation, and apply again.',
      },
    ],
    solution: [
      `echo '    targetPort: 8080' >> web.yaml`,
      'kubectl apply -f web.yaml',
      'kubectl exec client -- curl -s http://web/hostname',
    ],
    mistakes: [{ lines: ['kubectl apply -f web.yaml'], failedCheck: 1 }],
  },
  {
    id: 'switch-to-green',
    title: {
      ko: '서비스 test로 보낸 요청에 green의 파드가 답한다',
      en: 'The pods of green answer requests to Service test',
    },
    checks: [
      {
        kind: 'object',
        resource: 'deployments',
        namespace: 'default',
        name: 'green',
        path: ['status', 'readyReplicas'],
        equals: 2,
        failure: {
          ko: '디플로이먼트 green의 준비된 파드가 아직 두 개가 아니다.',
          en: 'Deployment green does not have two ready pods yet.',
        },
      },
      {
        kind: 'object',
        resource: 'services',
        namespace: 'default',
        name: 'test',
        path: ['spec', 'selector', 'app'],
        equals: 'green',
        failure: {
          ko: '서비스 test의 셀렉터가 아직 green의 파드를 고르지 않는다.',
          en: 'The selector of Service test does not select the pods of green yet.',
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
          ko: '파드 client가 서비스 test의 8080번 포트에서 응답을 받지 못했다. 셀렉터와 파드의 레이블이 맞는지 본다.',
          en: 'The client pod got no answer from Service test on port 8080. Check whether the selector matches the pods’ labels.',
        },
      },
    ],
    hints: [
      {
        ko: '새 파드의 레이블을 `kubectl get pods --show-labels`로 확인한다.',
        en: 'Check the labels of the new pods with `kubectl get pods --show-labels`.',
      },
      {
        ko: '`test-clusterip.yaml`에서 셀렉터의 값만 바꾸어 다시 적용한다.',
        en: 'Change only the selector’s value in `test-clusterip.yaml` and apply it again.',
      },
      {
        ko: '`test-clusterip.yaml`의 `app: test`를 `app: green`으로 고치고 `kubectl apply -f test-clusterip.yaml`을 실행한다.',
        en: 'Change `app: test` to `app: green` in `test-clusterip.yaml`, then run `kubectl apply -f test-clusterip.yaml`.',
      },
    ],
    solution: [
      'kubectl apply -f test-clusterip.yaml',
      'kubectl create deployment green --replicas=2 --image=registry.k8s.io/e2e-test-images/agnhost:2.53 -- /agnhost netexec --http-port=8080',
      'sleep 5',
      `sed -i 's/app: test/app: green/' test-clusterip.yaml`,
      'kubectl apply -f test-clusterip.yaml',
      'kubectl exec client -- curl -s http://test:8080/hostname',
    ],
    mistakes: [
      {
        lines: [
          'kubectl apply -f test-clusterip.yaml',
          'kubectl create deployment green --replicas=2 --image=registry.k8s.io/e2e-test-images/agnhost:2.53 -- /agnhost netexec --http-port=8080',
          'sleep 5',
        ],
        failedCheck: 1,
      },
      { lines: ["sed -i 's/app: test/app: green/' test-clusterip.yaml", 'kubectl apply -f test-clusterip.yaml'], failedCheck: 0 },
    ],
  },
];
