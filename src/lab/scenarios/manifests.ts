/** The note's two pods: agnhost answers /hostname and /clientip on `port`. */
export const testDeployment = (port: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: test
  labels:
    app: test
spec:
  replicas: 2
  selector:
    matchLabels:
      app: test
  template:
    metadata:
      labels:
        app: test
    spec:
      containers:
      - name: test
        image: registry.k8s.io/e2e-test-images/agnhost:2.53
        args: ["netexec", "--http-port=${port}"]
        ports:
        - containerPort: ${port}
`;

/** A pod to call from: it has curl and waits. On node-3, so that the note's two pods are on the other two nodes. */
export const clientPod = `apiVersion: v1
kind: Pod
metadata:
  name: client
  labels:
    app: client
spec:
  nodeName: node-3
  containers:
  - name: client
    image: curlimages/curl:8.10.1
    command: ["sleep", "infinity"]
`;
