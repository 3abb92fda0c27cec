import type { Scenario } from '../types';
import { sourceIpFiles, sourceIpTasks } from './source-ip-tasks';

/** nginx writes down who called. Three pods, none of them on node-3. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions:
              - key: kubernetes.io/hostname
                operator: In
                values: ["node-1", "node-2"]
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  externalTrafficPolicy: Cluster
  selector:
    app: web
  ports:
  - port: 80
    nodePort: 30080
`;

/** A pod to call from, on a node of that name. */
const caller = (name: string, node: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  nodeName: ${node}
  containers:
  - name: client
    image: curlimages/curl:8.10.1
    command: ["sleep", "infinity"]
`;

/** Which source address a pod sees, and what keeping it costs. */
export const sourceIp: Scenario = {
  name: 'source-ip',
  cloud: 'openstack',
  manifests: [deployment, caller('near', 'node-2'), caller('far', 'node-3')],
  files: { 'web.yaml': service, 'web-deployment.yaml': deployment, ...sourceIpFiles },
  goals: sourceIpTasks,
};
