import { hostPort } from '../../cluster/apimachinery/ip';
import type { Json } from '../../cluster/apimachinery/object';
import { SERVICE_NAME } from '../../cluster/apimachinery/servicename';
import { formatLabels } from '../printers/table';
import type { Describer } from './describer';
import { writeAnnotations, writeLabels } from './metadata';

export const describeService: Describer = (writer, service, context) => {
  const { metadata, spec, status } = service;
  const line = (text: string) => writer.line(0, text);
  const optional = (title: string, value: Json) => {
    if (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)) {
      line(`${title}:\t${Array.isArray(value) ? value.join(',') : value}`);
    }
  };
  line(`Name:\t${metadata.name}`);
  line(`Namespace:\t${metadata.namespace}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  line(`Selector:\t${formatLabels(spec.selector)}`);
  line(`Type:\t${spec.type}`);
  optional('IP Family Policy', spec.ipFamilyPolicy);
  line(`IP Families:\t${(spec.ipFamilies ?? []).join(',') || '<none>'}`);
  line(`IP:\t${spec.clusterIP ?? ''}`);
  line(`IPs:\t${(spec.clusterIPs ?? []).join(',') || '<none>'}`);
  optional('External IPs', spec.externalIPs);
  optional('Desired LoadBalancer IP', spec.loadBalancerIP);
  optional('External Name', spec.externalName);
  const ingress: Json[] = status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) line(`LoadBalancer Ingress:\t${ingress.map(ingressText).join(', ')}`);
  const slices = context.list(`/apis/discovery.k8s.io/v1/namespaces/${metadata.namespace}/endpointslices`, {
    labelSelector: `${SERVICE_NAME}=${metadata.name}`,
  });
  for (const port of spec.ports ?? []) {
    const name = port.name || '<unset>';
    line(`Port:\t${name}\t${port.port}/${port.protocol}`);
    line(`TargetPort:\t${port.targetPort}/${port.protocol}`);
    if (port.appProtocol !== undefined) line(`AppProtocol:\t${port.appProtocol}`);
    if (port.nodePort) line(`NodePort:\t${name}\t${port.nodePort}/${port.protocol}`);
    line(`Endpoints:\t${endpointsText(slices, port.name ?? '')}`);
  }
  line(`Session Affinity:\t${spec.sessionAffinity}`);
  optional('External Traffic Policy', spec.externalTrafficPolicy);
  optional('Internal Traffic Policy', spec.internalTrafficPolicy);
  optional('HealthCheck NodePort', spec.healthCheckNodePort || undefined);
  optional('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges);
  optional('Traffic Distribution', spec.trafficDistribution);
  context.writeEvents(writer, service);
};

function ingressText(ingress: Json): string {
  return `${ingress.ip ?? ingress.hostname ?? ''}${ingress.ipMode ? ` (${ingress.ipMode})` : ''}`;
}

/** Endpoints shown of a port. */
const SHOWN = 3;

/** The first three ready endpoints of a port, and how many more there are. */
function endpointsText(slices: readonly Json[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const found: string[] = [];
  let more = false;
  const visit = (endpoints: readonly Json[], text: (address: string) => string): void => {
    for (const { addresses, conditions } of endpoints) {
      // one that is not ready makes a list that is full longer than it is, as in kubectl
      if (found.length >= SHOWN) more = true;
      if (conditions?.ready !== false) found.push(text(addresses[0]));
    }
  };
  for (const { endpoints, ports } of slices) {
    if (!ports?.length) visit(endpoints ?? [], (address) => address);
    for (const port of ports ?? [])
      if ((port.name ?? '') === portName) visit(endpoints ?? [], (address) => hostPort(address, port.port));
  }
  const shown = found.slice(0, SHOWN).join(',');
  return more ? `${shown} + ${found.length - SHOWN} more...` : shown;
}
