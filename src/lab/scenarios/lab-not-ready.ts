import type { Scenario } from '../types';
import { clientPod } from './manifests';

/** Somebody meant six seconds. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: profile
spec:
  replicas: 2
  selector:
    matchLabels:
      app: profile
  template:
    metadata:
      labels:
        app: profile
    spec:
      containers:
      - name: profile
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - containerPort: 8080
        readinessProbe:
          httpGet:
            path: /healthz
            port: 8080
          initialDelaySeconds: 6000
          periodSeconds: 5
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: profile
spec:
  selector:
    app: profile
  ports:
  - port: 80
    targetPort: 8080
`;

const rolledOut = 'kubectl rollout status deployment profile';

/** Pods that are Running and stay unready for a hundred minutes. */
export const labNotReady: Scenario = {
  name: 'lab-not-ready',
  cloud: 'openstack',
  manifests: [deployment, service, clientPod],
  files: { 'profile.yaml': deployment, 'profile-service.yaml': service },
  goals: [
    {
      id: 'profile-answers',
      title: {
        ko: '파드 client가 서비스 profile의 80번 포트에서 준비된 파드의 응답을 받는다',
        en: 'The client pod gets an answer from Service profile on port 80, from a pod that is ready',
      },
      checks: [
        {
          kind: 'object',
          resource: 'services',
          namespace: 'default',
          name: 'profile',
          path: ['spec', 'publishNotReadyAddresses'],
          equals: true,
          absent: true,
          failure: {
            ko: '`publishNotReadyAddresses`는 준비되지 않은 파드까지 서비스에 넣는다. 증상은 가려지지만, 앞으로 준비되지 않은 파드에도 사용자의 요청이 간다. 이 필드를 지우고 파드가 준비되지 않는 까닭을 고친다.',
            en: '`publishNotReadyAddresses` puts unready pods into the Service as well. It hides the symptom, and from now on users are sent to pods that are not ready. Remove the field and repair what keeps the pods from becoming ready.',
          },
        },
        {
          kind: 'probe',
          from: 'pod:default/client',
          protocol: 'TCP',
          address: 'service:default/profile',
          port: 80,
          outcome: 'answered',
          failure: {
            ko: '서비스 profile에 준비된 파드가 없다. 파드를 다시 시작하면 기다리는 시간도 처음부터 다시 센다. `kubectl describe pods`의 `Readiness` 줄을 끝까지 읽는다.',
            en: 'Service profile has no ready pod. When a pod is restarted, its wait starts again from the beginning. Read the `Readiness` line of `kubectl describe pods` to its end.',
          },
        },
      ],
      hints: [
        {
          ko: '프로브가 실패하고 있는지, 아니면 아직 한 번도 돌지 않았는지 구별한다. 실패했다면 `Events`에 남는다.',
          en: 'Is the probe failing, or has it not run yet? A failure is noted under `Events`.',
        },
        {
          ko: '`Readiness` 줄의 `delay`는 초 단위다.',
          en: '`delay` in the `Readiness` line is in seconds.',
        },
        {
          ko: '`profile.yaml`의 `initialDelaySeconds: 6000`을 6으로 고치거나 그 줄을 지우고, `kubectl apply -f profile.yaml`을 실행한다.',
          en: 'Change `initialDelaySeconds: 6000` to 6 in `profile.yaml`, or remove the line, and run `kubectl apply -f profile.yaml`.',
        },
      ],
      solution: [
        `sed -i 's/initialDelaySeconds: 6000/initialDelaySeconds: 6/' profile.yaml`,
        'kubectl apply -f profile.yaml',
        rolledOut,
        'kubectl exec client -- curl -s http://profile/hostname',
      ],
      alternatives: [
        [`sed -i '/initialDelaySeconds/d' profile.yaml`, 'kubectl apply -f profile.yaml', rolledOut],
        [
          `kubectl patch deployment profile --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'`,
          rolledOut,
        ],
      ],
      mistakes: [
        { lines: [`kubectl patch svc profile -p '{"spec":{"publishNotReadyAddresses":true}}'`], failedCheck: 0 },
        { lines: ['kubectl delete pods -l app=profile'], failedCheck: 1 },
        { lines: ['kubectl scale deployment profile --replicas=4'], failedCheck: 1 },
      ],
    },
  ],
};
