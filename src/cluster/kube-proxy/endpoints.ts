import { type Endpoint, type ServicePort, isExternallyAccessible } from './service';

/** The endpoints that one node uses for a Service port. */
export interface Endpoints {
  /** For traffic policy Cluster, and for the short circuit of external policy Local. */
  readonly cluster: readonly Endpoint[];
  /** For traffic policy Local. */
  readonly local: readonly Endpoint[];
  /** The union of both: each gets its own chain. */
  readonly reachable: readonly Endpoint[];
  /** Is there a usable endpoint anywhere in the cluster? Decides between DROP and REJECT. */
  readonly any: boolean;
}

/** The node that the rules are for, as far as endpoints' hints look at it. */
export interface NodeTopology {
  readonly name: string;
  readonly zone?: string;
}

/**
 * Which endpoints of a Service port this node uses. Ready ones first; when none is ready, terminating ones that still serve.
 * kube-proxy: pkg/proxy/topology.go, CategorizeEndpoints
 */
export function categorize(port: ServicePort, node: NodeTopology): Endpoints {
  // External policy Local still needs the cluster's endpoints: pods and nodes short-circuit to them.
  const usesCluster = !port.internalLocal || isExternallyAccessible(port);
  const usesLocal = port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
  const draining = (e: Endpoint) => e.serving && e.terminating;
  const isLocal = (e: Endpoint) => e.nodeName === node.name;

  let cluster: readonly Endpoint[] = [];
  let any = false;
  if (usesCluster) {
    cluster = hinted(
      port.endpoints.filter((e) => e.ready),
      node,
    );
    if (cluster.length === 0) cluster = port.endpoints.filter(draining);
    any = cluster.length > 0;
  }
  if (!usesLocal) return { cluster, local: [], reachable: cluster, any };

  any ||= port.endpoints.some((e) => e.ready || draining(e));
  let local = port.endpoints.filter((e) => isLocal(e) && e.ready);
  if (local.length === 0) local = port.endpoints.filter((e) => isLocal(e) && draining(e));
  if (!usesCluster) return { cluster, local, reachable: local, any };
  const reachable = port.endpoints.filter((e) => cluster.includes(e) || local.includes(e));
  return { cluster, local, reachable, any };
}

/**
 * Endpoints whose hints name this node or its zone; all of them when hints are missing on one, or name nobody here.
 * kube-proxy: pkg/proxy/topology.go, topologyModeFromHints
 */
function hinted(ready: readonly Endpoint[], node: NodeTopology): readonly Endpoint[] {
  if (ready.length === 0) return ready;
  if (ready.every((e) => e.nodes)) {
    const here = ready.filter((e) => e.nodes!.includes(node.name));
    if (here.length > 0) return here;
  }
  if (node.zone !== undefined && ready.every((e) => e.zones)) {
    const here = ready.filter((e) => e.zones!.includes(node.zone!));
    if (here.length > 0) return here;
  }
  return ready;
}
