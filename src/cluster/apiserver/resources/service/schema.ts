import { objectSchema } from '../../metadata';
import { any, atomicMap, boolean, int32, intOrString, keyedList, list, named, present, string, struct } from '../../schema';

const servicePort = struct('ServicePort', {
  name: string,
  protocol: named('v1.Protocol'),
  appProtocol: string,
  port: int32,
  targetPort: intOrString,
  nodePort: int32,
});

export const serviceSchema = objectSchema('Service', {
  spec: struct('ServiceSpec', {
    ports: keyedList({ port: undefined, protocol: 'TCP' }, servicePort),
    selector: atomicMap,
    clusterIP: string,
    clusterIPs: list(string),
    type: named('v1.ServiceType'),
    externalIPs: list(string),
    sessionAffinity: named('v1.ServiceAffinity'),
    loadBalancerIP: string,
    loadBalancerSourceRanges: list(string),
    externalName: string,
    externalTrafficPolicy: named('v1.ServiceExternalTrafficPolicy'),
    healthCheckNodePort: int32,
    publishNotReadyAddresses: boolean,
    sessionAffinityConfig: struct('SessionAffinityConfig', { clientIP: struct('ClientIPConfig', { timeoutSeconds: int32 }) }),
    ipFamilies: list(named('v1.IPFamily')),
    ipFamilyPolicy: named('v1.IPFamilyPolicy'),
    allocateLoadBalancerNodePorts: boolean,
    loadBalancerClass: string,
    internalTrafficPolicy: named('v1.ServiceInternalTrafficPolicy'),
    trafficDistribution: string,
  }),
  status: struct('ServiceStatus', {
    loadBalancer: present(
      struct('LoadBalancerStatus', {
        ingress: list(struct('LoadBalancerIngress', { ip: string, hostname: string, ipMode: string, ports: any })),
      }),
    ),
    conditions: any,
  }),
});
