import type { Scenario } from '../types';
import { loadbalancerPracticeFiles, loadbalancerPracticeTasks } from './loadbalancer-practice-tasks';
import { clientPod, testDeployment } from './manifests';

const service = (name: string, nodePort: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: LoadBalancer
  selector:
    app: test
  ports:
  - port: 80
    targetPort: 8080
${nodePort}`;

const web = service('web', '    nodePort: 30080\n');
/** Asks for the node port that web has. */
const api = service('api', '    nodePort: 30080\n');
const bare = service('bare', '').replace('  type: LoadBalancer', '  type: LoadBalancer\n  allocateLoadBalancerNodePorts: false');
/** A class that nobody in this cluster looks after. */
const edge = service('edge', '').replace('  type: LoadBalancer', '  type: LoadBalancer\n  loadBalancerClass: example.com/edge');

/** A cluster of one's own machines, with MetalLB in place of a cloud. */
export const loadbalancerPractice: Scenario = {
  name: 'loadbalancer-practice',
  cloud: 'metallb',
  manifests: [testDeployment(8080), clientPod],
  files: { 'web.yaml': web, 'api.yaml': api, 'bare.yaml': bare, 'edge.yaml': edge, ...loadbalancerPracticeFiles },
  goals: loadbalancerPracticeTasks,
};
