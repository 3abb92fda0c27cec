import type { Scenario } from '../types';
import { testDeployment } from './manifests';
import { otherServicesFiles, otherServicesTasks } from './other-services-tasks';
import { shopCertificate, shopKey } from './other-services-tls';

const indented = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, ' '.repeat(spaces));

/** Another team's namespace: behind port 80 whoami, which answers with the request it got; behind 443 nginx with a certificate. */
const shop = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Secret
metadata:
  name: api-tls
  namespace: shop
type: kubernetes.io/tls
stringData:
  tls.crt: |
${indented(shopCertificate, 4)}  tls.key: |
${indented(shopKey, 4)}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: nginx
  namespace: shop
data:
  default.conf: |
    server {
      listen 8443 ssl;
      ssl_certificate /etc/nginx/tls/tls.crt;
      ssl_certificate_key /etc/nginx/tls/tls.key;
      root /usr/share/nginx/html;
    }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 1
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
        image: traefik/whoami:v1.11
        args: ["--port=8080"]
      - name: tls
        image: nginx:1.27
        volumeMounts:
        - name: tls
          mountPath: /etc/nginx/tls
        - name: nginx
          mountPath: /etc/nginx/conf.d
      volumes:
      - name: tls
        secret:
          secretName: api-tls
      - name: nginx
        configMap:
          name: nginx
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
  - name: https
    port: 443
    targetPort: 8443
`;

/** A pod to call from, which trusts the shop's certificate. */
const client = `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-ca
data:
  ca.crt: |
${indented(shopCertificate, 4)}---
apiVersion: v1
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
    volumeMounts:
    - name: ca
      mountPath: /etc/shop
  volumes:
  - name: ca
    configMap:
      name: shop-ca
`;

/** ExternalName, a Service without selector in front of the tenant VM, and externalIPs. */
export const otherServices: Scenario = {
  name: 'other-services',
  cloud: 'none',
  manifests: [testDeployment(8080), shop, client],
  files: otherServicesFiles,
  goals: otherServicesTasks,
};
