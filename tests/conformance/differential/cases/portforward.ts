import { reads } from '../case';

const pods = `
apiVersion: v1
kind: Pod
metadata: {name: ports, labels: {app: ports}}
spec:
  initContainers: [{name: side, image: nginx, restartPolicy: Always, ports: [{name: inner, containerPort: 8443}]}]
  containers:
  - name: main
    image: nginx
    ports: [{name: http, containerPort: 80}, {name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}, {name: sip, containerPort: 5060, protocol: UDP}]
---
apiVersion: v1
kind: Pod
metadata: {name: bare, labels: {app: bare}}
spec: {containers: [{name: main, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: stuck, labels: {app: stuck}}
spec: {nodeSelector: {disk: none}, containers: [{name: main, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ports}
spec:
  selector: {app: ports}
  ports: [{name: web, port: 8080, targetPort: http}, {name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}, {name: sip, port: 5060, protocol: UDP}, {name: lost, port: 9, targetPort: nothing}, {name: side, port: 8443, targetPort: inner}]
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None, selector: {app: ports}, ports: [{name: web, port: 8080, targetPort: http}, {name: sip, port: 5060, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: stuck}
spec: {selector: {app: stuck}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: none}
spec: {ports: [{port: 80}]}
`;

/** Whatever comes before the connection: the HTTP face does not stream. An address that is none ends those that are right so far. */
export const portForwards = reads(
  'port-forward',
  [
    'ports :',
    'ports 8080:',
    'bare :',
    'bare 8080:',
    'bare http',
    'bare 1:2:3 --address x',
    'bare 1:2:3 x',
    'bare 80 81 82:x',
    'bare +80',
    'bare 80:-1',
    'bare 65536:80',
    'bare 80 --address x',
    'bare 80 --address localhost,x',
    'bare 80 --address=',
    `bare 80 --address 'localhost,"a'`,
    'bare 80 --address 127.0.0.1 --address 300.1.1.1',
    'pod/bare 0',
    'pods bare 80',
    'po/bare,po/ports 80',
    'ports http x:y',
    'ports :http :nothing',
    'ports :inner --address x',
    'ports :dns --address x',
    'ports :dns-tcp :sip',
    'ports 5060',
    'ports 53 --address x',
    'svc/ports 8080 --address x',
    'svc/ports :web x:web',
    'svc/ports x:8080',
    'svc/ports 80',
    'svc/ports :80 :81',
    'svc/ports http',
    'svc/ports 53 --address x',
    'svc/ports dns --address x',
    'svc/ports sip',
    'svc/ports :5060',
    'svc/ports lost',
    'svc/ports :9',
    'svc/ports side --address x',
    'svc/ports :',
    'svc/headless 99 --address x',
    'svc/headless 8080 --address x',
    'svc/headless x:web',
    'svc/headless nothing',
    'svc/headless 5060',
    'svc/stuck 80',
    'svc/stuck 80: --address x',
    'svc/none 80',
    'stuck 80',
    'stuck x',
    'endpoints/ports 80',
    'configmap/kube-root-ca.crt 80',
    'nothing/bare 80',
    'svc/ports',
    'bare 80 -n kube-system',
    'bare 80 --pod-running-timeout=x',
    'bare 80 --pod-running-timeout=-1s',
  ].map((step) => `kubectl port-forward ${step}`),
).map((one) => ({ ...one, manifests: [pods] }));
