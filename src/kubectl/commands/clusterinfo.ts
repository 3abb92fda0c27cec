import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { pathOf } from '../discovery';
import type { Suspend } from '../types';
import { dump } from './clusterdump';

export const clusterInfo: Command = {
  name: 'cluster-info',
  short: 'Display cluster information',
  use: '[flags]',
  commands: [dump],
  *run({ session }): Generator<Suspend, void, void> {
    const { server } = session;
    session.out(`Kubernetes control plane is running at ${server}\n`);
    const services: Json[] =
      session.get(pathOf(session.discovery.find('services'), 'kube-system'), {
        labelSelector: 'kubernetes.io/cluster-service=true',
      }).items ?? [];
    for (const service of services) {
      const { name, namespace, labels } = service.metadata;
      const title = labels?.['kubernetes.io/name'] || name;
      const ingress = service.status?.loadBalancer?.ingress?.[0];
      const port = service.spec.ports?.[0];
      const link = ingress
        ? `http://${ingress.ip ?? ingress.hostname}:${port?.port}`
        : `${server}/api/v1/namespaces/${namespace}/services/${name}${port?.name ? `:${port.name}` : ''}/proxy`;
      session.out(`${title} is running at ${link}\n`);
    }
    session.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  },
};
