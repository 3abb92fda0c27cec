import type { Scenario } from '../../src/lab/types';

/** One command line of an official tutorial and the facts that its page shows. */
export interface Step {
  /** As in kubernetes.io's tutorials: the page's letter and the number of the command. */
  id: string;
  /** Values that a reader takes from earlier output are taken with `$(...)`. */
  run: string;
  /** All of these are printed. */
  shows?: (RegExp | string)[];
  /** None of these is. */
  hides?: (RegExp | string)[];
  /** Default 0. */
  exit?: number;
  /** The simulator says that it does not do this, and why not. */
  notSimulated?: string;
}

export interface Tutorial {
  page: string;
  /** Who gives LoadBalancer Services their addresses. Default `openstack`. */
  cloud?: Scenario['cloud'];
  files: Readonly<Record<string, string>>;
  steps: readonly Step[];
}

const POD_IP = '10\\.244\\.\\d+\\.\\d+';
const NGINX_DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-nginx
spec:
  selector:
    matchLabels:
      run: my-nginx
  replicas: 2
  template:
    metadata:
      labels:
        run: my-nginx
    spec:
      containers:
      - name: my-nginx
        image: nginx
        ports:
        - containerPort: 80
`;
const SECURE = `---
{
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "my-nginx", labels: { run: "my-nginx" } },
  spec: {
    type: "NodePort",
    ports: [
      { port: 8080, targetPort: 80, protocol: "TCP", name: "http" },
      { port: 443, protocol: "TCP", name: "https" },
    ],
    selector: { run: "my-nginx" },
  },
}
---
{
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "my-nginx" },
  spec: {
    selector: { matchLabels: { run: "my-nginx" } },
    replicas: 1,
    template: {
      metadata: { labels: { run: "my-nginx" } },
      spec: {
        volumes: [
          { name: "secret-volume", secret: { secretName: "nginxsecret" } },
          { name: "configmap-volume", configMap: { name: "nginxconfigmap" } },
        ],
        containers: [
          {
            name: "nginxhttps",
            image: "bprashanth/nginxhttps:1.0",
            ports: [{ containerPort: 443 }, { containerPort: 80 }],
            volumeMounts: [
              { mountPath: "/etc/nginx/ssl", name: "secret-volume" },
              { mountPath: "/etc/nginx/conf.d", name: "configmap-volume" },
            ],
          },
        ],
      },
    },
  },
}
`;
const CURL_POD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: curl-deployment
spec:
  selector:
    matchLabels:
      app: curlpod
  replicas: 1
  template:
    metadata:
      labels:
        app: curlpod
    spec:
      volumes:
      - name: secret-volume
        secret:
          secretName: nginxsecret
      containers:
      - name: curlpod
        command: [sh, -c, while true; do sleep 1; done]
        image: radial/busyboxplus:curl
        volumeMounts:
        - mountPath: /etc/nginx/ssl
          name: secret-volume
`;
const DEFAULT_CONF = `server {
        listen 80 default_server;
        listen [::]:80 default_server ipv6only=on;

        listen 443 ssl;

        root /usr/share/nginx/html;
        index index.html;

        server_name localhost;
        ssl_certificate /etc/nginx/ssl/tls.crt;
        ssl_certificate_key /etc/nginx/ssl/tls.key;

        location / {
                try_files $uri $uri/ =404;
        }
}
`;
const SECRETS = `apiVersion: "v1"
kind: "Secret"
metadata:
  name: "nginxsecret"
  namespace: "default"
type: kubernetes.io/tls
data:
  tls.crt: "$(base64 -w 0 /d/tmp/nginx.crt)"
  tls.key: "$(base64 -w 0 /d/tmp/nginx.key)"
`;
const TERMINATION = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels:
    app: nginx
spec:
  replicas: 1
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      terminationGracePeriodSeconds: 120
      containers:
      - name: nginx
        image: nginx:latest
        ports:
        - containerPort: 80
        lifecycle:
          preStop:
            exec:
              command: [sh, -c, sleep 180]
---
apiVersion: v1
kind: Service
metadata:
  name: nginx-service
spec:
  selector:
    app: nginx
  ports:
  - protocol: TCP
    port: 80
    targetPort: 80
`;

const myNginxPod = '$(kubectl get pods -l run=my-nginx -o jsonpath={.items[0].metadata.name})';
const addressOf = (service: string) => `$(kubectl get svc ${service} -o jsonpath={.status.loadBalancer.ingress[0].ip})`;
const exampleNode = 'kubectl get nodes -o jsonpath={.items[0].status.addresses[0].address}';
const curlPod = '$(kubectl get pods -l app=curlpod -o jsonpath={.items[0].metadata.name})';
const oneNode = `$(${exampleNode})`;

const connecting: Tutorial = {
  page: 'tutorials/services/connect-applications-service',
  files: {
    'run-my-nginx.yaml': NGINX_DEPLOYMENT,
    'nginx-secure-app.yaml': SECURE,
    'curlpod.yaml': CURL_POD,
    'default.conf': DEFAULT_CONF,
  },
  steps: [
    { id: 'A1', run: 'kubectl apply -f ./run-my-nginx.yaml', shows: ['deployment.apps/my-nginx created'] },
    {
      id: 'A2',
      run: 'sleep 5; kubectl get pods -l run=my-nginx -o wide',
      shows: [new RegExp(`(my-nginx-\\S+ +1/1 +Running +0 .* ${POD_IP} .*\\n){2}`)],
    },
    {
      id: 'A3',
      run: 'kubectl get pods -l run=my-nginx -o custom-columns=POD_IP:.status.podIPs',
      shows: [new RegExp(`POD_IP\\n(\\[map\\[ip:${POD_IP}\\]\\]\\n){2}`)],
    },
    { id: 'A4', run: 'kubectl expose deployment/my-nginx', shows: ['service/my-nginx exposed'] },
    { id: 'A5', run: 'kubectl get svc my-nginx', shows: [/my-nginx +ClusterIP +10\.\S+ +<none> +80\/TCP/] },
    {
      id: 'A6',
      run: 'kubectl describe svc my-nginx',
      shows: [
        /Selector: +run=my-nginx/,
        /Type: +ClusterIP/,
        /IP Family Policy: +SingleStack/,
        /TargetPort: +80\/TCP/,
        new RegExp(`Endpoints: +${POD_IP}:80,${POD_IP}:80`),
        /Session Affinity: +None/,
      ],
    },
    { id: 'A7', run: 'kubectl get endpointslices -l kubernetes.io/service-name=my-nginx', shows: [/my-nginx-\w{5} +IPv4 +80 /] },
    {
      id: 'A8',
      run: `kubectl exec ${myNginxPod} -- printenv | grep SERVICE`,
      shows: ['KUBERNETES_SERVICE_HOST=', 'KUBERNETES_SERVICE_PORT=443', 'KUBERNETES_SERVICE_PORT_HTTPS=443'],
      hides: ['MY_NGINX'],
    },
    {
      id: 'A9',
      run: 'kubectl scale deployment my-nginx --replicas=0; kubectl scale deployment my-nginx --replicas=2;',
      shows: [/(deployment.apps\/my-nginx scaled\n){2}/],
    },
    { id: 'A10', run: 'sleep 40; kubectl get pods -l run=my-nginx -o wide', shows: [/(my-nginx-\S+ +1\/1 +Running.*\n){2}/] },
    {
      id: 'A11',
      run: `kubectl exec ${myNginxPod} -- printenv | grep SERVICE`,
      shows: ['MY_NGINX_SERVICE_HOST=10.', 'MY_NGINX_SERVICE_PORT=80'],
    },
    {
      id: 'A12',
      run: 'kubectl get services kube-dns --namespace=kube-system',
      shows: [/kube-dns +ClusterIP +10\.96\.0\.10 +<none> +53\/UDP,53\/TCP/],
    },
    {
      id: 'A13',
      run: 'kubectl run -i --tty --image busybox:1.37 dns-test --restart=Never --rm',
      shows: ["If you don't see a command prompt, try pressing enter."],
    },
    { id: 'A14', run: 'nslookup my-nginx', shows: [/Server:\s+10\./, /Name:\s+my-nginx/, /Address:? .*10\./], exit: 1 },
    { id: 'A14 (leave)', run: 'exit', shows: [/pod "dns-test" deleted/], exit: 1 },
    { id: 'A15', run: 'make keys KEY=/tmp/nginx.key CERT=/tmp/nginx.crt', notSimulated: 'make', exit: 127 },
    {
      id: 'A15 without make',
      run: 'openssl req -x509 -nodes -days 365 -newkey rsa:2048 -keyout /tmp/nginx.key -out /tmp/nginx.crt -subj "/CN=nginxsvc/O=nginxsvc"; ls /tmp',
      shows: ['nginx.crt', 'nginx.key'],
    },
    {
      id: 'A16',
      run: 'kubectl create secret tls nginxsecret --key /tmp/nginx.key --cert /tmp/nginx.crt',
      shows: ['secret/nginxsecret created'],
    },
    { id: 'A17', run: 'kubectl get secrets', shows: [/nginxsecret +kubernetes.io\/tls +2 /] },
    {
      id: 'A18',
      run: 'kubectl create configmap nginxconfigmap --from-file=default.conf',
      shows: ['configmap/nginxconfigmap created'],
    },
    { id: 'A19', run: 'kubectl get configmaps', shows: [/nginxconfigmap +1 /] },
    {
      id: 'A20',
      run: 'kubectl describe configmap  nginxconfigmap',
      shows: ['Name:         nginxconfigmap', 'Data\n====\ndefault.conf:\n----\n', 'BinaryData\n====', 'Events:  <none>'],
    },
    {
      id: 'A21',
      run: 'openssl req -x509 -nodes -days 365 -newkey rsa:2048 -keyout /d/tmp/nginx.key -out /d/tmp/nginx.crt -subj "/CN=my-nginx/O=my-nginx"',
      shows: ['-----'],
    },
    {
      id: 'A22',
      run: 'cat /d/tmp/nginx.crt | base64 ; cat /d/tmp/nginx.key | base64',
      shows: [/LS0tLS1CRUdJTiBD[^]*LS0tLS1CRUdJTiBQ/],
    },
    {
      id: 'A23',
      run: `kubectl delete secret nginxsecret; cat > nginxsecrets.yaml <<EOF\n${SECRETS}EOF\nkubectl apply -f nginxsecrets.yaml`,
      shows: ['secret/nginxsecret created'],
    },
    {
      id: 'A24',
      run: 'kubectl delete deployments,svc my-nginx; kubectl create -f ./nginx-secure-app.yaml',
      shows: [
        'deployment.apps "my-nginx" deleted',
        'service "my-nginx" deleted',
        'service/my-nginx created',
        'deployment.apps/my-nginx created',
      ],
    },
    {
      id: 'A25',
      run: 'sleep 40; kubectl get pods -l run=my-nginx -o custom-columns=POD_IP:.status.podIPs',
      shows: [/^POD_IP\n\[map\[ip:\S+\]\]\n$/],
    },
    {
      id: 'A26',
      run: `ssh node-1 curl -sk https://$(kubectl get pods -l run=my-nginx -o jsonpath={.items[0].status.podIP})`,
      shows: ['<h1>Welcome to nginx!</h1>'],
    },
    { id: 'A27', run: 'kubectl apply -f ./curlpod.yaml', shows: ['deployment.apps/curl-deployment created'] },
    { id: 'A28', run: 'sleep 5; kubectl get pods -l app=curlpod', shows: [/curl-deployment-\S+ +1\/1 +Running/] },
    {
      id: 'A29',
      run: `kubectl exec ${curlPod} -- curl https://my-nginx --cacert /etc/nginx/ssl/tls.crt`,
      shows: ['<title>Welcome to nginx!</title>'],
    },
    {
      id: 'A30',
      run: 'kubectl get svc my-nginx -o yaml | grep nodePort -C 5',
      shows: [/nodePort: 3\d{4}/, 'name: https', 'targetPort: 443'],
    },
    { id: 'A31', run: 'kubectl get nodes -o yaml | grep InternalIP -C 1', shows: ['type: InternalIP', '--'] },
    {
      id: 'A32',
      run: `curl -k https://${oneNode}:$(kubectl get svc my-nginx -o jsonpath={.spec.ports[1].nodePort})`,
      shows: ['<h1>Welcome to nginx!</h1>'],
    },
    {
      id: 'A33',
      run: 'KUBE_EDITOR="sed -i s/NodePort/LoadBalancer/" kubectl edit svc my-nginx',
      shows: ['service/my-nginx edited'],
    },
    {
      id: 'A34',
      run: 'kubectl get svc my-nginx; sleep 10; kubectl get svc my-nginx',
      shows: [/LoadBalancer +10\.\S+ +<pending>/, /LoadBalancer +10\.\S+ +\d\S+ +8080:3\d{4}\/TCP,443:3\d{4}\/TCP/],
    },
    { id: 'A35', run: `curl https://${addressOf('my-nginx')} -k`, shows: ['<title>Welcome to nginx!</title>'] },
    { id: 'A36', run: 'kubectl describe service my-nginx', shows: [/LoadBalancer Ingress: +\S+ \(VIP\)/] },
  ],
};

const nodesLoop = (curl: string) => `for node in $NODES; do ${curl} -s $node:$NODEPORT | grep -i client_address; done`;
const onNode = (which: 'with' | 'without') =>
  `$(kubectl get nodes -o name | sed s,node/,, | grep ${which === 'with' ? '' : '-v '}"$(kubectl get pod -l app=source-ip-app -o jsonpath={.items[0].spec.nodeName})" | head -1)`;
const healthPort = '$(kubectl get svc loadbalancer -o jsonpath={.spec.healthCheckNodePort})';

const sourceIP: Tutorial = {
  page: 'tutorials/services/source-ip',
  // the page's load balancers keep the client's address; OpenStack's are proxies and do not
  cloud: 'metallb',
  files: {},
  steps: [
    {
      id: 'B1',
      run: 'kubectl create deployment source-ip-app --image=registry.k8s.io/echoserver:1.10',
      shows: ['deployment.apps/source-ip-app created'],
    },
    { id: 'B2', run: 'kubectl get nodes', shows: [/(node-\d +Ready .*\n){3}/] },
    { id: 'B3', run: 'ssh node-1 curl -s http://localhost:10249/proxyMode', shows: ['iptables'] },
    {
      id: 'B4',
      run: 'kubectl expose deployment source-ip-app --name=clusterip --port=80 --target-port=8080',
      shows: ['service/clusterip exposed'],
    },
    { id: 'B5', run: 'kubectl get svc clusterip', shows: [/clusterip +ClusterIP +\S+ +<none> +80\/TCP/] },
    {
      id: 'B6',
      run: 'CLUSTERIP=$(kubectl get svc clusterip -o jsonpath={.spec.clusterIP}); kubectl run busybox --image=busybox --restart=Never -- sleep 3600; sleep 5',
      shows: ['pod/busybox created'],
    },
    { id: 'B7', run: 'kubectl exec busybox -- ip addr', shows: ['127.0.0.1/8', new RegExp(`inet ${POD_IP}/24`)] },
    {
      id: 'B8',
      run: 'kubectl exec busybox -- wget -qO - $(kubectl get svc clusterip -o jsonpath={.spec.clusterIP}) | grep "client_address=$(kubectl get pod busybox -o jsonpath={.status.podIP})"',
      shows: ['client_address=10.244.'],
    },
    {
      id: 'B9',
      run: 'kubectl expose deployment source-ip-app --name=nodeport --port=80 --target-port=8080 --type=NodePort',
      shows: ['service/nodeport exposed'],
    },
    {
      id: 'B10-12',
      run: `NODEPORT=$(kubectl get -o jsonpath="{.spec.ports[0].nodePort}" services nodeport)
NODES=$(kubectl get nodes -o jsonpath='{ $.items[*].status.addresses[?(@.type=="InternalIP")].address }')
${nodesLoop('curl')}`,
      shows: [/^(\s*client_address=(192\.168|10\.244)\.\S+\n){3}$/],
    },
    {
      id: 'B13',
      run: `kubectl patch svc nodeport -p '{"spec":{"externalTrafficPolicy":"Local"}}'`,
      shows: ['service/nodeport patched'],
    },
    {
      id: 'B14',
      run: `NODEPORT=$(kubectl get -o jsonpath="{.spec.ports[0].nodePort}" services nodeport)
NODES=$(kubectl get nodes -o jsonpath='{ $.items[*].status.addresses[?(@.type=="InternalIP")].address }')
${nodesLoop('curl --connect-timeout 1')}; true`,
      shows: [/^\s*client_address=198\.51\.100\.\d+\n$/],
    },
    {
      id: 'B15',
      run: 'kubectl expose deployment source-ip-app --name=loadbalancer --port=80 --target-port=8080 --type=LoadBalancer',
      shows: ['service/loadbalancer exposed'],
    },
    {
      id: 'B16',
      run: 'sleep 10; kubectl get svc loadbalancer',
      shows: [/loadbalancer +LoadBalancer +\S+ +\d+\.\S+ +80:3\d{4}\/TCP/],
    },
    {
      id: 'B17',
      run: `curl -s ${addressOf('loadbalancer')} | grep client_address`,
      shows: [/client_address=(192\.168|10\.244)/],
    },
    {
      id: 'B18',
      run: `kubectl patch svc loadbalancer -p '{"spec":{"externalTrafficPolicy":"Local"}}'`,
      shows: ['service/loadbalancer patched'],
    },
    {
      id: 'B19',
      run: 'kubectl get svc loadbalancer -o yaml | grep -i healthCheckNodePort',
      shows: [/^ {2}healthCheckNodePort: 3\d{4}\n$/],
    },
    { id: 'B20', run: 'kubectl get pod -o wide -l app=source-ip-app', shows: [/source-ip-app-\S+ +1\/1 +Running .* node-\d /] },
    { id: 'B21', run: `ssh ${onNode('with')} curl -s localhost:${healthPort}/healthz`, shows: [/"localEndpoints": ?1/] },
    { id: 'B22', run: `ssh ${onNode('without')} curl -s localhost:${healthPort}/healthz`, shows: [/"localEndpoints": ?0/] },
    {
      id: 'B23',
      run: `sleep 10; curl -s ${addressOf('loadbalancer')} | grep client_address`,
      shows: [/client_address=198\.51\.100\.\d+/],
    },
    {
      id: 'B24',
      run: 'kubectl delete svc -l app=source-ip-app',
      shows: ['service "clusterip" deleted', 'service "nodeport" deleted', 'service "loadbalancer" deleted'],
    },
    { id: 'B25', run: 'kubectl delete deployment source-ip-app', shows: ['deployment.apps "source-ip-app" deleted'] },
  ],
};

const termination: Tutorial = {
  page: 'tutorials/services/pods-and-endpoint-termination-flow',
  files: { 'pod-with-graceful-termination.yaml': TERMINATION },
  steps: [
    {
      id: 'C1',
      run: 'kubectl apply -f pod-with-graceful-termination.yaml; sleep 5',
      shows: ['deployment.apps/nginx-deployment created', 'service/nginx-service created'],
    },
    {
      id: 'C2',
      run: 'kubectl get endpointslice',
      shows: [/kubernetes +IPv4/, new RegExp(`nginx-service-\\w{5} +IPv4 +80 +${POD_IP}`)],
    },
    {
      id: 'C3',
      run: 'kubectl get endpointslices -o json -l kubernetes.io/service-name=nginx-service',
      shows: [
        '"addressType": "IPv4"',
        '"apiVersion": "discovery.k8s.io/v1"',
        /"ready": true,\s+"serving": true,\s+"terminating": false/,
      ],
    },
    {
      id: 'C4',
      run: 'kubectl delete pod --wait=false $(kubectl get pods -l app=nginx -o jsonpath={.items[0].metadata.name})',
      shows: [/pod "nginx-deployment-\S+" deleted/],
    },
    {
      id: 'C5',
      run: 'sleep 5; kubectl get pods',
      shows: [/nginx-deployment-\S+ +1\/1 +Terminating/, /nginx-deployment-\S+ +1\/1 +Running/],
    },
    {
      id: 'C6',
      run: 'kubectl get endpointslice -o json $(kubectl get endpointslice -l kubernetes.io/service-name=nginx-service -o jsonpath={.items[0].metadata.name})',
      shows: [
        /"ready": false,\s+"serving": true,\s+"terminating": true/,
        /"ready": true,\s+"serving": true,\s+"terminating": false/,
        '"nodeName": "node-',
        '"kind": "Pod"',
        '"zone"',
      ],
    },
  ],
};

const endpoints = `$(kubectl get endpoints hostnames -o jsonpath='{range .subsets[*].addresses[*]}{.ip}:9376 {end}' 2>/dev/null)`;
const hostnamesIP = '$(kubectl get svc hostnames -o jsonpath={.spec.clusterIP})';

const debugging: Tutorial = {
  page: 'tasks/debug/debug-application/debug-service',
  files: {},
  steps: [
    {
      id: 'D1',
      run: 'kubectl run box --restart=Never --image=gcr.io/google-containers/busybox -- sleep 3600; sleep 5',
      shows: ['pod/box created'],
    },
    { id: 'D2', run: 'kubectl exec box -c box -- echo works', shows: ['works'] },
    {
      id: 'D3',
      run: 'kubectl create deployment hostnames --image=registry.k8s.io/serve_hostname',
      shows: ['deployment.apps/hostnames created'],
    },
    { id: 'D4', run: 'kubectl scale deployment hostnames --replicas=3; sleep 5', shows: ['deployment.apps/hostnames scaled'] },
    { id: 'D5', run: 'kubectl get pods -l app=hostnames', shows: [/(hostnames-\S+ +1\/1 +Running.*\n){3}/] },
    {
      id: 'D6',
      run: `kubectl get pods -l app=hostnames \\\n    -o go-template='{{range .items}}{{.status.podIP}}{{"\\n"}}{{end}}'`,
      shows: [new RegExp(`^(${POD_IP}\\n){3}$`)],
    },
    {
      id: 'D7',
      run: `for ip in $(kubectl get pods -l app=hostnames -o jsonpath={.items[*].status.podIP}); do
    kubectl exec box -- wget -qO- $ip:9376
done`,
      shows: [/(hostnames-\w+-\w{5}\s*){3}/],
    },
    { id: 'D8', run: 'kubectl exec box -- wget -O- hostnames', shows: [/bad address 'hostnames'|unable to resolve/], exit: 1 },
    {
      id: 'D9',
      run: 'kubectl get svc hostnames',
      shows: ['Error from server (NotFound): services "hostnames" not found'],
      exit: 1,
    },
    { id: 'D10', run: 'kubectl expose deployment hostnames --port=80 --target-port=9376', shows: ['service/hostnames exposed'] },
    { id: 'D11', run: 'kubectl get svc hostnames', shows: [/hostnames +ClusterIP +10\.\S+ +<none> +80\/TCP/] },
    {
      id: 'D12',
      run: 'kubectl exec box -- nslookup hostnames',
      shows: [/hostnames\.default\.svc\.cluster\.local/, /Address.*10\./],
    },
    { id: 'D13', run: 'kubectl exec box -- nslookup hostnames.default', shows: [/Address.*10\./] },
    { id: 'D14', run: 'kubectl exec box -- nslookup hostnames.default.svc.cluster.local', shows: [/Address.*10\./] },
    {
      id: 'D15',
      run: 'ssh node-1 nslookup hostnames.default.svc.cluster.local 10.96.0.10',
      shows: [/Server:\s+10\.96\.0\.10/, /Address:\s+10\.96\.0\.10#53/, /Name:\s+hostnames/],
    },
    {
      id: 'D16',
      run: 'kubectl exec box -- cat /etc/resolv.conf',
      shows: [
        'nameserver 10.96.0.10',
        /search default\.svc\.cluster\.local svc\.cluster\.local cluster\.local/,
        'options ndots:5',
      ],
    },
    { id: 'D17', run: 'kubectl exec box -- nslookup kubernetes.default', shows: ['10.96.0.1'] },
    {
      id: 'D18',
      run: `for i in $(seq 1 3); do\n    kubectl exec box -- wget -qO- ${hostnamesIP}:80\ndone`,
      shows: [/^(hostnames-\w+-\w{5}\s*){3}$/],
    },
    {
      id: 'D19',
      run: 'kubectl get service hostnames -o json',
      shows: [
        '"kind": "Service"',
        '"port": 80',
        '"targetPort": 9376',
        '"app": "hostnames"',
        '"type": "ClusterIP"',
        '"sessionAffinity": "None"',
        '"loadBalancer": {}',
      ],
    },
    { id: 'D20', run: 'kubectl get pods -l app=hostnames', shows: [/(hostnames-\S+ +1\/1 +Running +0 .*\n){3}/] },
    {
      id: 'D21',
      run: 'kubectl get endpoints hostnames',
      shows: [new RegExp(`hostnames +${POD_IP}:9376,${POD_IP}:9376,${POD_IP}:9376`), 'Warning: v1 Endpoints is deprecated'],
    },
    {
      id: 'D22',
      run: `for ep in ${endpoints}; do kubectl exec box -- wget -qO- $ep; done`,
      shows: [/^(hostnames-\w+-\w{5}\s*){3}$/],
    },
    { id: 'D23', run: 'ssh node-1 "ps auxw | grep kube-proxy"', shows: [/root .* \/usr\/local\/bin\/kube-proxy /] },
    {
      id: 'D24',
      run: 'ssh node-1 "iptables-save | grep hostnames"',
      shows: [
        /KUBE-SERVICES -d 10\.\S+\/32 .*--dport 80 -j KUBE-SVC-/,
        '--probability 0.33333333349',
        '--probability 0.50000000000',
        new RegExp(`DNAT .*--to-destination ${POD_IP}:9376`),
      ],
    },
    // kube-proxy does not run in IPVS mode here, so the module is not there
    { id: 'D25', run: 'ssh node-1 ipvsadm -ln; true', shows: ["Can't initialize ipvs"] },
    { id: 'D26', run: `ssh node-1 curl -s ${hostnamesIP}:80`, shows: [/hostnames-/] },
    // the page's --hairpin-mode is a field of the kubelet's configuration file by now
    { id: 'D27', run: 'ssh node-1 "ps auxw | grep kubelet"', shows: [/root .* \/usr\/bin\/kubelet .*--config=/] },
    {
      id: 'D28',
      // the bridge's name is the network plugin's: cni0 here
      run: "ssh node-1 'for intf in /sys/devices/virtual/net/cni0/brif/*; do cat $intf/hairpin_mode; done'",
      shows: [/^(1\n)+$/],
    },
    { id: 'D29', run: 'ssh node-1 "ifconfig cbr0 |grep PROMISC"', notSimulated: 'ifconfig', exit: 1 },
  ],
};

const bootcampPod = '$(kubectl get pods -o go-template --template \'{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}\')';
const nodePort = `NODE_PORT="$(kubectl get services/kubernetes-bootcamp -o go-template='{{(index .spec.ports 0).nodePort}}')"`;

const exposing: Tutorial = {
  page: 'tutorials/kubernetes-basics/expose/expose-intro',
  files: {},
  steps: [
    {
      id: 'E0',
      run: 'kubectl create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1; sleep 5',
      shows: ['created'],
    },
    { id: 'E1', run: 'kubectl get pods', shows: [/kubernetes-bootcamp-\S+ +1\/1 +Running/] },
    { id: 'E2', run: 'kubectl get services', shows: [/kubernetes +ClusterIP +10\.96\.0\.1 +<none> +443\/TCP/] },
    {
      id: 'E3',
      run: 'kubectl expose deployment/kubernetes-bootcamp --type="NodePort" --port 8080',
      shows: ['service/kubernetes-bootcamp exposed'],
    },
    {
      id: 'E4',
      run: 'kubectl describe services/kubernetes-bootcamp',
      shows: [
        /Type: +NodePort/,
        /Port: +<unset> +8080\/TCP/,
        /TargetPort: +8080\/TCP/,
        /NodePort: +<unset> +3\d{4}\/TCP/,
        new RegExp(`Endpoints: +${POD_IP}:8080`),
        /External Traffic Policy: +Cluster/,
      ],
    },
    { id: 'E5-6', run: `export ${nodePort}\necho "NODE_PORT=$NODE_PORT"`, shows: [/^NODE_PORT=3\d{4}\n$/] },
    { id: 'E7', run: `export ${nodePort}; curl http://"$(minikube ip):$NODE_PORT"`, notSimulated: 'minikube' },
    {
      id: 'E7 without minikube',
      run: `export ${nodePort}; curl -s http://"${oneNode}:$NODE_PORT"`,
      shows: [/Hello Kubernetes bootcamp! \| Running on: kubernetes-bootcamp-\S+ \| v=1/],
    },
    { id: 'E8', run: 'minikube service kubernetes-bootcamp --url', notSimulated: 'minikube', exit: 127 },
    { id: 'E10', run: 'kubectl describe deployment', shows: [/Labels: +app=kubernetes-bootcamp/, /Replicas: +1 desired/] },
    { id: 'E11', run: 'kubectl get pods -l app=kubernetes-bootcamp', shows: ['Running'] },
    {
      id: 'E12',
      run: 'kubectl get services -l app=kubernetes-bootcamp',
      shows: [/kubernetes-bootcamp +NodePort +\S+ +<none> +8080:3\d{4}\/TCP/],
    },
    {
      id: 'E13-14',
      run: `export POD_NAME="${bootcampPod}"\necho "Name of the Pod: $POD_NAME"`,
      shows: ['Name of the Pod: kubernetes-bootcamp-'],
    },
    { id: 'E15', run: `kubectl label pods "${bootcampPod}" version=v1`, shows: [/pod\/kubernetes-bootcamp-\S+ labeled/] },
    {
      id: 'E16',
      run: `kubectl describe pods "${bootcampPod}"`,
      shows: ['app=kubernetes-bootcamp', 'pod-template-hash=', 'version=v1'],
    },
    { id: 'E17', run: 'kubectl get pods -l version=v1', shows: [/kubernetes-bootcamp-\S+ +1\/1/] },
    { id: 'E21', run: `kubectl exec -ti ${bootcampPod} -- curl http://localhost:8080`, shows: ['Hello Kubernetes bootcamp!'] },
    { id: 'E18', run: 'kubectl delete service -l app=kubernetes-bootcamp', shows: ['service "kubernetes-bootcamp" deleted'] },
    { id: 'E19', run: 'kubectl get services', shows: ['kubernetes '], hides: ['kubernetes-bootcamp'] },
    { id: 'E20', run: `curl http://${oneNode}:30000`, shows: [/[Rr]efused|Could not connect|Couldn't connect/], exit: 7 },
  ],
};

export const tutorials: readonly Tutorial[] = [connecting, sourceIP, termination, debugging, exposing];
