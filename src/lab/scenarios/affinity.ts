import type { Scenario } from '../types';
import { affinityFiles, affinityTasks } from './affinity-tasks';
import { clientPod, testDeployment } from './manifests';

const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  type: NodePort
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080
`;

/** A second caller, with an address of its own. */
const neighbor = clientPod.replaceAll('client\n', 'neighbor\n');

/** Who decides which pod a connection goes to, and what holds a caller to one. */
export const affinity: Scenario = {
  name: 'affinity',
  // With this one the two callers get different pods.
  seed: 3,
  cloud: 'openstack',
  manifests: [testDeployment(8080), clientPod, neighbor, service],
  files: { 'test.yaml': service, ...affinityFiles },
  goals: affinityTasks,
};
