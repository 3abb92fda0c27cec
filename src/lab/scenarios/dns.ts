import type { Scenario } from '../types';
import { clientPod } from './manifests';
import { dnsFiles, dnsTasks } from './dns-tasks';

/** Another team's namespace: two pods behind the Service api, which turns port 80 into 8080. */
const shop = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      containers:
      - name: api
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=8080"]
        ports:
        - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: shop
spec:
  selector:
    app: api
  ports:
  - name: http
    port: 80
    targetPort: 8080
`;

/** Beside client, whose image has BusyBox's nslookup: a pod with dig. */
const toolsPod = `apiVersion: v1
kind: Pod
metadata:
  name: tools
  labels:
    app: tools
spec:
  nodeName: node-3
  containers:
  - name: tools
    image: nicolaka/netshoot:v0.13
    command: ["sleep", "infinity"]
`;

/** DNS: how a name becomes an address, and what a headless Service's name stands for. */
export const dns: Scenario = {
  name: 'dns',
  cloud: 'none',
  addons: true,
  manifests: [shop, clientPod, toolsPod],
  files: dnsFiles,
  goals: dnsTasks,
};
