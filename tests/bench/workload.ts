/** What both are given to do. */
export interface Measured {
  ms: number;
  /** How many of the things asked for were done in that time. */
  done: number;
}

export const labels = (app: string) => ({ app });

export const nginxDeployment = (name: string, replicas: number, image = 'nginx') => ({
  apiVersion: 'apps/v1' as const,
  kind: 'Deployment' as const,
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: labels(name) },
    template: {
      metadata: { labels: labels(name) },
      spec: { containers: [{ name: 'c', image, ports: [{ containerPort: 80 }] }] },
    },
  },
});

export const serviceManifest = (name: string, type: 'ClusterIP' | 'NodePort') => ({
  apiVersion: 'v1' as const,
  kind: 'Service' as const,
  metadata: { name },
  spec: { type, selector: labels(name), ports: [{ port: 80, targetPort: 80 }] },
});

export const service = (index: number) => serviceManifest(`s-${index}`, 'ClusterIP');
