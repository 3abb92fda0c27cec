import type { Describer } from './describer';
import { longTime, writeAnnotations, writeLabels } from './metadata';

/** Upstream: kubectl/pkg/describe describeServiceCIDRV1. */
export const describeServiceCIDR: Describer = (writer, cidr, context) => {
  const { metadata, spec, status } = cidr;
  writer.line(0, `Name:\t${metadata.name}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  writer.line(0, `CIDRs:\t${(spec.cidrs ?? []).join(', ')}`);
  if (status?.conditions?.length > 0) {
    writer.line(0, 'Status:');
    writer.line(0, 'Conditions:');
    writer.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage');
    writer.line(1, '----\t------\t------------------\t------\t-------');
    for (const { type, status: value, lastTransitionTime, reason, message } of status.conditions)
      writer.line(1, `${type}\t${value}\t${longTime(lastTransitionTime)}\t${reason}\t${message}`);
  }
  context.writeEvents(writer, cidr);
};

/** Upstream: kubectl/pkg/describe describeIPAddressV1. */
export const describeIPAddress: Describer = (writer, address, context) => {
  const { metadata, spec } = address;
  writer.line(0, `Name:\t${metadata.name}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  if (spec.parentRef) {
    const { group = '', resource = '', namespace = '', name = '' } = spec.parentRef;
    writer.line(0, 'Parent Reference:');
    writer.line(1, `Group:\t${group}`);
    writer.line(1, `Resource:\t${resource}`);
    writer.line(1, `Namespace:\t${namespace}`);
    writer.line(1, `Name:\t${name}`);
  }
  context.writeEvents(writer, address);
};
