import type { Scenario } from '../types';
import { kubeProxyFiles, kubeProxyTasks } from './kube-proxy-tasks';
import { clientPod, testDeployment } from './manifests';

/** There before the learner: the lesson reads what kube-proxy has made of it. */
const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 8080
`;

/** What kube-proxy writes on the nodes; on node-2 it runs in its nftables mode, so that both can be read side by side. */
export const kubeProxy: Scenario = {
  name: 'kube-proxy',
  cloud: 'openstack',
  proxyModes: { 'node-2': 'nftables' },
  manifests: [testDeployment(8080), clientPod, service],
  files: { 'deployment.yaml': testDeployment(8080), ...kubeProxyFiles },
  goals: kubeProxyTasks,
};
