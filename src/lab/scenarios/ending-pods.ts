import type { Scenario } from '../types';
import { cart, cartService, endingPodsFiles, endingPodsTasks } from './ending-pods-tasks';
import { clientPod, testDeployment } from './manifests';

/** Two pods whose program ends as soon as it is told to. */
const deployment = testDeployment(8080).replaceAll(/\btest$/gm, 'web');

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - name: http
    port: 80
    targetPort: 8080
  - name: udp
    protocol: UDP
    port: 8081
    targetPort: 8081
`;

/** What happens to requests while pods end: rules follow the objects at kube-proxy's own pace here. */
export const endingPods: Scenario = {
  name: 'ending-pods',
  cloud: 'openstack',
  minSyncPeriod: 1000,
  stopDelay: 100,
  manifests: [deployment, service, clientPod, cart, cartService],
  files: { 'web.yaml': deployment, ...endingPodsFiles },
  goals: endingPodsTasks,
};
