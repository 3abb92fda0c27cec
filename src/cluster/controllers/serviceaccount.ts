import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { WorkQueue } from './workqueue';

const ROOT_CA = 'kube-root-ca.crt';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/**
 * Gives each namespace its ServiceAccount `default` and the ConfigMap with the cluster's root certificate.
 * Upstream: pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher.
 */
export class ServiceAccountController {
  constructor(context: ControllerContext) {
    const { client } = context;
    const queue = new WorkQueue(context.clock, 'serviceaccount', CONTROLLER_LATENCY, (namespace) => {
      const found = client.get('namespaces', undefined, namespace);
      if (!found || found.metadata.deletionTimestamp) return;
      if (!client.get('serviceaccounts', namespace, 'default'))
        client.create('serviceaccounts', { metadata: { name: 'default', namespace } });
      if (!client.get('configmaps', namespace, ROOT_CA)) {
        const metadata = { name: ROOT_CA, namespace, annotations: { 'kubernetes.io/description': DESCRIPTION } };
        // nothing here checks certificates, so there is none to publish
        client.create('configmaps', { metadata, data: { 'ca.crt': '' } });
      }
    });
    client.watch('namespaces', (type, namespace) => {
      if (type === 'ADDED') queue.add(namespace.metadata.name);
    });
    for (const resource of ['serviceaccounts', 'configmaps']) {
      client.watch(resource, (type, object) => {
        if (type === 'DELETED') queue.add(object.metadata.namespace!);
      });
    }
  }
}
