import { objectSchema } from '../../metadata';
import { any, boolean, int32, intOrString, list, string, stringMap, struct } from '../../schema';

const servicePort = struct('ServicePort', {
  name: string,
  protocol: string,
  appProtocol: string,
  port: int32,
  targetPort: intOrString,
  nodePort: int32,
});

export const serviceSchema = objectSchema('Service', {
  spec: struct('ServiceSpec', {
    ports: list(servicePort),
    selector: stringMap,
    clusterIP: string,
    clusterIPs: list(string),
    type: string,
    externalIPs: list(string),
    sessionAffinity: string,
    loadBalancerIP: string,
    loadBalancerSourceRanges: list(string),
    externalName: string,
    externalTrafficPolicy: string,
    healthCheckNodePort: int32,
    publishNotReadyAddresses: boolean,
    sessionAffinityConfig: struct('SessionAffinityConfig', { clientIP: struct('ClientIPConfig', { timeoutSeconds: int32 }) }),
    ipFamilies: list(string),
    ipFamilyPolicy: string,
    allocateLoadBalancerNodePorts: boolean,
    loadBalancerClass: string,
    internalTrafficPolicy: string,
    trafficDistribution: string,
  }),
  status: struct('ServiceStatus', {
    loadBalancer: struct('LoadBalancerStatus', {
      ingress: list(struct('LoadBalancerIngress', { ip: string, hostname: string, ipMode: string, ports: any })),
    }),
    conditions: any,
  }),
});
