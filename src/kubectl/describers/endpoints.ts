import type { Json } from '../../cluster/apimachinery/object';
import type { Describer } from './describer';
import { writeAnnotations, writeLabels } from './metadata';
import type { DescribeWriter } from './writer';

const unset = (value: Json) => (value === undefined || value === null || value === '' ? '<unset>' : String(value));

export const describeEndpoints: Describer = (writer, endpoints, context) => {
  const { metadata } = endpoints;
  writer.line(0, `Name:\t${metadata.name}`);
  writer.line(0, `Namespace:\t${metadata.namespace}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  writer.line(0, 'Subsets:');
  for (const subset of endpoints.subsets ?? []) {
    const addresses = (list: Json[] | undefined) => (list ?? []).map((address) => address.ip).join(',') || '<none>';
    writer.line(1, `Addresses:\t${addresses(subset.addresses)}`);
    writer.line(1, `NotReadyAddresses:\t${addresses(subset.notReadyAddresses)}`);
    if ((subset.ports ?? []).length > 0) {
      writer.line(1, 'Ports:');
      writePorts(writer, 2, subset.ports);
    }
    writer.line(0, '');
  }
  context.writeEvents(writer, endpoints);
};

function writePorts(writer: DescribeWriter, level: number, ports: readonly Json[]): void {
  writer.line(level, 'Name\tPort\tProtocol');
  writer.line(level, '----\t----\t--------');
  for (const port of ports) writer.line(level, `${unset(port.name)}\t${unset(port.port)}\t${port.protocol}`);
}

export const describeEndpointSlice: Describer = (writer, slice, context) => {
  const { metadata } = slice;
  writer.line(0, `Name:\t${metadata.name}`);
  writer.line(0, `Namespace:\t${metadata.namespace}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  writer.line(0, `AddressType:\t${slice.addressType}`);
  if ((slice.ports ?? []).length === 0) writer.line(0, 'Ports: <unset>');
  else {
    writer.line(0, 'Ports:');
    writePorts(writer, 1, slice.ports);
  }
  const endpoints: Json[] = slice.endpoints ?? [];
  if (endpoints.length === 0) writer.line(0, 'Endpoints: <none>');
  else {
    writer.line(0, 'Endpoints:');
    for (const endpoint of endpoints) writeEndpoint(writer, endpoint);
  }
  context.writeEvents(writer, slice);
};

function writeEndpoint(writer: DescribeWriter, endpoint: Json): void {
  writer.line(1, `- Addresses:\t${(endpoint.addresses ?? []).join(', ')}`);
  writer.line(2, 'Conditions:');
  writer.line(3, `Ready:\t${unset(endpoint.conditions?.ready)}`);
  writer.line(2, `Hostname:\t${unset(endpoint.hostname)}`);
  if (endpoint.targetRef) writer.line(2, `TargetRef:\t${endpoint.targetRef.kind}/${endpoint.targetRef.name}`);
  writer.line(2, `NodeName:\t${unset(endpoint.nodeName)}`);
  writer.line(2, `Zone:\t${unset(endpoint.zone)}`);
}
