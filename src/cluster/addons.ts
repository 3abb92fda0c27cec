import type { Json } from './apimachinery/object';
import { formatIPv4, parseCIDR } from './apiserver/allocator';
import type { Registry } from './apiserver/registry';
import { COREFILE } from './coredns/corefile';

/** The address that the cluster's DNS Service gets: the tenth of the range. Upstream: kubeadm, GetDNSIP. */
export function clusterDNS(serviceCIDR: string): string {
  return formatIPv4(parseCIDR(serviceCIDR).network + 10);
}

/** What kubeadm puts into kube-system for DNS: CoreDNS as two pods, their configuration and the Service kube-dns. */
export function installAddons(client: Registry, serviceCIDR: string): void {
  const metadata = (name: string, more: Json = {}) => ({ name, namespace: 'kube-system', ...more });
  const labels = { 'k8s-app': 'kube-dns' };
  client.create('serviceaccounts', { metadata: metadata('coredns') });
  client.create('configmaps', { metadata: metadata('coredns'), data: { Corefile: COREFILE } });
  client.create('deployments', { metadata: metadata('coredns', { labels }), spec: deployment(labels) });
  client.create('services', {
    metadata: metadata('kube-dns', {
      labels: { ...labels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    }),
    spec: {
      clusterIP: clusterDNS(serviceCIDR),
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
    },
  });
}

function deployment(labels: Record<string, string>): Json {
  return {
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: 'coredns',
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        containers: [
          {
            name: 'coredns',
            image: 'registry.k8s.io/coredns/coredns:v1.14.2',
            imagePullPolicy: 'IfNotPresent',
            resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
            args: ['-conf', '/etc/coredns/Corefile'],
            volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
            ports: [
              { containerPort: 53, name: 'dns', protocol: 'UDP' },
              { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
              { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
              { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' },
              { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' },
            ],
            livenessProbe: {
              httpGet: { path: '/health', port: 'liveness-probe', scheme: 'HTTP' },
              initialDelaySeconds: 60,
              timeoutSeconds: 5,
              successThreshold: 1,
              failureThreshold: 5,
            },
            readinessProbe: { httpGet: { path: '/ready', port: 'readiness-probe', scheme: 'HTTP' } },
          },
        ],
        dnsPolicy: 'Default',
        volumes: [{ name: 'config-volume', configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] } }],
      },
    },
  };
}
