import type { ResourceDefinition } from './resource';
import { configMaps } from './resources/configmap';
import { deployments } from './resources/deployment';
import { endpoints } from './resources/endpoints';
import { endpointSlices } from './resources/endpointslice';
import { events } from './resources/event';
import { horizontalPodAutoscalers } from './resources/horizontalpodautoscaler';
import { ipAddresses } from './resources/ipaddress';
import { leases } from './resources/lease';
import { namespaces } from './resources/namespace';
import { nodes } from './resources/node';
import { pods } from './resources/pod';
import { replicaSets } from './resources/replicaset';
import { secrets } from './resources/secret';
import { services } from './resources/service';
import { serviceAccounts } from './resources/serviceaccount';
import { serviceCIDRs } from './resources/servicecidr';

/** Every kind the API server knows, in the order of discovery. */
export const RESOURCES: readonly ResourceDefinition[] = [
  configMaps,
  endpoints,
  events,
  namespaces,
  nodes,
  pods,
  secrets,
  serviceAccounts,
  services,
  deployments,
  replicaSets,
  horizontalPodAutoscalers,
  ipAddresses,
  serviceCIDRs,
  leases,
  endpointSlices,
];

/** The definition of a plural name in a group and version; undefined when the server does not have it. */
export function findResource(group: string, version: string, plural: string): ResourceDefinition | undefined {
  return RESOURCES.find((resource) => resource.plural === plural && resource.group === group && resource.version === version);
}

const byPlural = new Map(RESOURCES.map((resource) => [resource.plural, resource]));

/** The definition of a plural name, for the controllers, which name resources without their group. */
export function resourceNamed(plural: string): ResourceDefinition {
  const found = byPlural.get(plural);
  if (!found) throw new RangeError(`no resource ${plural}`);
  return found;
}
