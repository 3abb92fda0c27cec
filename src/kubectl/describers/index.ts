import type { KubeObject } from '../../cluster/apimachinery/object';
import { describeConfigMap, describeSecret } from './config';
import type { DescribeContext, Describer } from './describer';
import { describeEndpoints, describeEndpointSlice } from './endpoints';
import { describeGeneric } from './generic';
import { describeHorizontalPodAutoscaler } from './horizontalpodautoscaler';
import { describeNamespace } from './namespace';
import { describeIPAddress, describeServiceCIDR } from './networking';
import { describeNode } from './node';
import { describePod } from './pod';
import { describeService } from './service';
import { describeServiceAccount } from './serviceaccount';
import { describeDeployment, describeReplicaSet } from './workloads';
import { DescribeWriter } from './writer';

const DESCRIBERS: Record<string, Describer> = {
  Service: describeService,
  ServiceAccount: describeServiceAccount,
  Pod: describePod,
  Deployment: describeDeployment,
  ReplicaSet: describeReplicaSet,
  Node: describeNode,
  Namespace: describeNamespace,
  Endpoints: describeEndpoints,
  EndpointSlice: describeEndpointSlice,
  ConfigMap: describeConfigMap,
  Secret: describeSecret,
  ServiceCIDR: describeServiceCIDR,
  IPAddress: describeIPAddress,
  HorizontalPodAutoscaler: describeHorizontalPodAutoscaler,
};

/** The text `kubectl describe` prints for an object. */
export function describeObject(object: KubeObject, context: DescribeContext): string {
  const writer = new DescribeWriter();
  (DESCRIBERS[object.kind] ?? describeGeneric)(writer, object, context);
  return writer.text();
}
