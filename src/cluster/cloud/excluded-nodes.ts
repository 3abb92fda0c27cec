import type { KubeObject } from '../apimachinery/object';

/** Nodes with that label get no connections from load balancers. Upstream: k8s.io/api/core/v1, well_known_labels.go */
const LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Upstream: k8s.io/cloud-provider/controllers/service, nodeIncludedPredicate: the label counts, whatever its value. */
export const isExcludedFromBalancers = (node: KubeObject | undefined): boolean => node?.metadata.labels?.[LABEL] !== undefined;
