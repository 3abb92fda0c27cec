import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';
import { readingServicesFiles, readingServicesTasks } from './reading-services-tasks';

/** One of each kind, so that every value a column can have is on the screen at once. */
const services = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: test}
  ports:
  - port: 80
    targetPort: 5000
---
apiVersion: v1
kind: Service
metadata:
  name: front
spec:
  type: NodePort
  selector: {app: test}
  ports:
  - port: 80
    targetPort: 5000
    nodePort: 31234
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: LoadBalancer
  selector: {app: test}
  ports:
  - name: http
    port: 80
    targetPort: 5000
    nodePort: 30352
  - name: alt
    port: 8080
    targetPort: 5000
    nodePort: 31824
---
# no controller of this cluster answers for this class
apiVersion: v1
kind: Service
metadata:
  name: billing
spec:
  type: LoadBalancer
  loadBalancerClass: example.com/none
  selector: {app: test}
  ports:
  - port: 80
    targetPort: 5000
    nodePort: 32100
---
apiVersion: v1
kind: Service
metadata:
  name: peers
spec:
  clusterIP: None
  selector: {app: test}
  ports:
  - port: 5000
---
apiVersion: v1
kind: Service
metadata:
  name: payments
spec:
  type: ExternalName
  externalName: pay.example.com
---
apiVersion: v1
kind: Service
metadata:
  name: stock
spec:
  selector: {app: stock}
  ports:
  - port: 80
    targetPort: 5000
`;

/** Every column of get svc and every line of describe svc, on Services that are there already. */
export const readingServices: Scenario = {
  name: 'reading-services',
  cloud: 'openstack',
  manifests: [testDeployment(5000), clientPod, services],
  files: readingServicesFiles,
  goals: readingServicesTasks,
};
