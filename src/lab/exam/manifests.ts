import { stringify } from 'yaml';

export const namespaceManifest = (name: string): string => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
`;

interface DeploymentOptions {
  namespace: string;
  name: string;
  /** The port that the program listens on. */
  port: number;
  /** Labels of the pods besides `app`. */
  labels?: Record<string, string>;
  portName?: string;
  readinessProbe?: object;
  /** The one node that the pods may run on. */
  node?: string;
  /** A second container and the port it listens on. */
  exporter?: number;
}

const container = (name: string, port: number, more: object = {}) => ({
  name,
  image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
  args: ['netexec', `--http-port=${port}`],
  ports: [{ containerPort: port }],
  ...more,
});

/** Two pods that answer on a port. */
export function deployment({
  namespace,
  name,
  port,
  labels,
  portName,
  readinessProbe,
  node,
  exporter,
}: DeploymentOptions): string {
  const first = container(name, port, {
    ...(portName && { ports: [{ name: portName, containerPort: port }] }),
    ...(readinessProbe && { readinessProbe }),
  });
  // Two programs in a pod cannot both have agnhost's UDP port.
  const second = exporter && container('exporter', exporter, { args: ['netexec', `--http-port=${exporter}`, '--udp-port=-1'] });
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: {
          ...(node && { nodeSelector: { 'kubernetes.io/hostname': node } }),
          containers: [first, ...(second ? [second] : [])],
        },
      },
    },
  });
}

export const serviceManifest = (namespace: string, name: string, spec: object): string =>
  stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });

/** A pod that has curl and waits. */
export const callerPod = (namespace: string, name: string): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { containers: [{ name, image: 'curlimages/curl:8.10.1', command: ['sleep', 'infinity'] }] },
  });
