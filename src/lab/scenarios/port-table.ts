import type { Scenario } from '../types';
import { clientPod } from './manifests';

/** Every number differs, so that each one shows whose it is. The pods run on node-1 and node-2 only. */
const manifests = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
      - name: shop
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - name: web
          containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: inner
spec:
  clusterIP: 10.96.0.81
  selector: {app: shop}
  ports:
  - port: 81
    targetPort: web
---
apiVersion: v1
kind: Service
metadata:
  name: nodes
spec:
  type: NodePort
  clusterIP: 10.96.0.82
  selector: {app: shop}
  ports:
  - port: 82
    targetPort: 8080
    nodePort: 30082
---
apiVersion: v1
kind: Service
metadata:
  name: outer
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.83
  externalTrafficPolicy: Local
  healthCheckNodePort: 30883
  selector: {app: shop}
  ports:
  - port: 83
    targetPort: 8080
    nodePort: 30083
---
apiVersion: v1
kind: Service
metadata:
  name: peers
spec:
  clusterIP: None
  selector: {app: shop}
  ports:
  - port: 84
    targetPort: 8080
`;

/** A Service of each type, to call from every place at every number. */
export const portTable: Scenario = {
  name: 'port-table',
  cloud: 'openstack',
  manifests: [manifests, clientPod],
  files: {},
  goals: [],
};
