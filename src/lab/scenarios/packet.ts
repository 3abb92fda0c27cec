import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';
import { packetFiles, packetTasks } from './packet-tasks';

/** TCP for curl, UDP for datagrams that all come from one port. */
const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  type: NodePort
  selector:
    app: test
  ports:
  - name: http
    port: 80
    targetPort: 8080
    nodePort: 30080
  - name: udp
    protocol: UDP
    port: 8081
    targetPort: 8081
    nodePort: 30081
`;

/** The only pod behind its label: a Service in front of it leads back to itself. */
const solo = `apiVersion: v1
kind: Pod
metadata:
  name: solo
  labels:
    app: solo
spec:
  nodeName: node-1
  containers:
  - name: solo
    image: registry.k8s.io/e2e-test-images/agnhost:2.53
    args: ["netexec", "--http-port=8080"]
    ports:
    - containerPort: 8080
`;

/** Not named after the pod: the pod finds its own name in its /etc/hosts. */
const mirror = `apiVersion: v1
kind: Service
metadata:
  name: mirror
spec:
  selector:
    app: solo
  ports:
  - port: 80
    targetPort: 8080
`;

/** A packet's whole life: there, back, to oneself, and without a connection. */
export const packet: Scenario = {
  name: 'packet',
  cloud: 'openstack',
  manifests: [testDeployment(8080), clientPod, service, solo, mirror],
  files: { ...packetFiles },
  goals: packetTasks,
};
