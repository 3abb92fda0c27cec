import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';

const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  type: LoadBalancer
  selector:
    app: test
  ports:
  - name: http1
    port: 30080
    targetPort: 5000
    nodePort: 30352
  - name: http2
    port: 30081
    targetPort: 5000
    nodePort: 31824
  - name: http3
    port: 30082
    targetPort: 5000
    nodePort: 31996
`;

/** The home page: everything is there already, to be looked at and called. */
export const home: Scenario = {
  name: 'home',
  cloud: 'openstack',
  manifests: [testDeployment(5000), clientPod, service],
  files: { 'test-loadbalancer.yaml': service },
  goals: [],
};
