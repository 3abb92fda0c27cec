/** What every case's cluster holds: of each kind something, with the features that tables and descriptions show. */
export const FIXTURE = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: blue}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, tier: front}
  annotations: {example.com/owner: "team web", kubernetes.io/change-cause: first}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports: [{name: http, containerPort: 80}, {name: metrics, containerPort: 9090, protocol: TCP}]
        env: [{name: MODE, value: prod}, {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
        readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 5}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {app: api}}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: {app: api}, matchExpressions: [{key: track, operator: In, values: [stable, canary]}]}
  template:
    metadata: {labels: {app: api, track: stable}}
    spec:
      containers:
      - {name: api, image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: [netexec, --http-port=8080], ports: [{containerPort: 8080}]}
      - {name: side, image: busybox, command: [sleep, "3600"]}
      volumes: [{name: scratch, emptyDir: {}}]
---
apiVersion: v1
kind: Pod
metadata: {name: lone, labels: {app: lone, run: lone}}
spec:
  containers: [{name: main, image: nginx, ports: [{containerPort: 80}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
spec:
  nodeName: node-2
  containers: [{name: cart, image: nginx}]
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {clusterIP: 10.96.10.1, selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: web-node, labels: {app: web, kind: node}}
spec: {type: NodePort, clusterIP: 10.96.10.2, selector: {app: web}, ports: [{name: http, port: 80, nodePort: 30080}, {name: metrics, port: 9090, nodePort: 30090}]}
---
apiVersion: v1
kind: Service
metadata: {name: web-lb, labels: {app: web, kind: lb}, annotations: {service.beta.kubernetes.io/openstack-internal-load-balancer: "true"}}
spec:
  type: LoadBalancer
  clusterIP: 10.96.10.3
  externalTrafficPolicy: Local
  healthCheckNodePort: 32000
  selector: {app: web}
  ports: [{name: http1, port: 30080, targetPort: 5000, nodePort: 30352}, {name: http2, port: 30081, targetPort: 5000, nodePort: 31824}, {name: http3, port: 30082, targetPort: 5000, nodePort: 31996}]
---
apiVersion: v1
kind: Service
metadata: {name: api-headless}
spec: {clusterIP: None, selector: {app: api}, publishNotReadyAddresses: true, ports: [{name: http, port: 8080}, {name: dns, port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: far}
spec: {type: ExternalName, externalName: example.com}
---
apiVersion: v1
kind: Service
metadata: {name: manual, namespace: shop}
spec: {clusterIP: 10.96.10.5, sessionAffinity: ClientIP, externalIPs: [198.51.100.9], ports: [{port: 5432, targetPort: 15432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: manual-1, namespace: shop, labels: {kubernetes.io/service-name: manual}}
addressType: IPv4
ports: [{name: "", port: 15432, protocol: TCP}]
endpoints: [{addresses: [192.0.2.1]}, {addresses: [192.0.2.2], conditions: {ready: false}}]
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {clusterIP: 10.96.10.6, selector: {app: nothing}, ports: [{name: a, port: 1}, {name: b, port: 2, protocol: UDP}]}
`;
