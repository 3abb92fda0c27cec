import type { Json } from '../../cluster/apimachinery/object';
import { age } from '../printers/agetable';
import type { Describer } from './describer';
import { longTime, writeAnnotations, writeLabels } from './metadata';
import { formatQuantity, parseQuantity, podAmounts } from './quantity';
import type { DescribeWriter } from './writer';

export const describeNode: Describer = (writer, node, context) => {
  const { metadata, spec, status = {} } = node;
  const line = (text: string) => writer.line(0, text);
  line(`Name:\t${metadata.name}`);
  line(`Roles:\t${roles(metadata.labels)}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  line(`CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  const taints: Json[] = spec.taints ?? [];
  if (taints.length === 0) line('Taints:\t<none>');
  taints.forEach((taint, index) => line(`${index === 0 ? 'Taints:' : ''}\t${taintText(taint)}`));
  line(`Unschedulable:\t${spec.unschedulable ?? false}`);
  writeLease(
    writer,
    context.read(`/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${metadata.name}`),
    metadata.name,
  );
  const conditions: Json[] = status.conditions ?? [];
  if (conditions.length > 0) {
    line('Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
    line('  ----\t------\t-----------------\t------------------\t------\t-------');
    for (const { type, status: value, lastHeartbeatTime, lastTransitionTime, reason, message } of conditions) {
      writer.line(
        1,
        `${type} \t${value} \t${longTime(lastHeartbeatTime)} \t${longTime(lastTransitionTime)} \t${reason} \t${message}`,
      );
    }
  }
  line('Addresses:');
  for (const address of status.addresses ?? []) writer.line(1, `${address.type}:\t${address.address}`);
  writeAmounts(writer, 'Capacity', status.capacity);
  writeAmounts(writer, 'Allocatable', status.allocatable);
  writeSystemInfo(writer, status.nodeInfo ?? {});
  if (spec.podCIDR) line(`PodCIDR:\t${spec.podCIDR}`);
  if (spec.podCIDRs?.length) line(`PodCIDRs:\t${spec.podCIDRs.join(',')}`);
  if (spec.providerID) line(`ProviderID:\t${spec.providerID}`);
  const pods = context
    .list('/api/v1/pods', { fieldSelector: `spec.nodeName=${metadata.name}` })
    .filter((pod) => pod.spec.nodeName === metadata.name && !['Succeeded', 'Failed'].includes(pod.status?.phase));
  writePods(writer, pods, status.allocatable ?? status.capacity ?? {}, context.now);
  context.writeEvents(writer, node, metadata.name);
};

function roles(labels: Json): string {
  const prefix = 'node-role.kubernetes.io/';
  const names = Object.keys(labels ?? {}).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  return names.sort().join(',') || '<none>';
}

function taintText({ key, value, effect }: Json): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

function writeLease(writer: DescribeWriter, lease: Json | undefined, name: string): void {
  if (!lease) {
    writer.line(0, `Lease:\tFailed to get lease: leases.coordination.k8s.io ${JSON.stringify(name)} not found`);
    return;
  }
  writer.line(0, 'Lease:');
  writer.line(1, `HolderIdentity:\t${lease.spec?.holderIdentity ?? '<unset>'}`);
  writer.line(1, `AcquireTime:\t${longTime(lease.spec?.acquireTime)}`);
  writer.line(1, `RenewTime:\t${longTime(lease.spec?.renewTime)}`);
}

function writeAmounts(writer: DescribeWriter, title: string, amounts: Json): void {
  if (!amounts || Object.keys(amounts).length === 0) return;
  writer.line(0, `${title}:`);
  for (const name of Object.keys(amounts).sort()) writer.line(1, `${name}:\t${amounts[name]}`);
}

const INFO = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
] as const;

function writeSystemInfo(writer: DescribeWriter, info: Json): void {
  writer.line(0, 'System Info:');
  for (const [title, field] of INFO) writer.line(1, `${title}:\t${info[field] ?? ''}`);
}

function writePods(writer: DescribeWriter, pods: readonly Json[], allocatable: Json, now: number): void {
  writer.line(0, `Non-terminated Pods:\t(${pods.length} in total)`);
  writer.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  writer.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  const share = (name: string, amount: number) => {
    const whole = parseQuantity(allocatable[name]);
    return `${formatQuantity(name, amount)} (${whole > 0 ? Math.trunc((amount / whole) * 100) : 0}%)`;
  };
  const total: Record<string, { requests: number; limits: number }> = {};
  for (const pod of pods) {
    const amounts = podAmounts(pod);
    for (const [name, { requests, limits }] of Object.entries(amounts)) {
      const sum = (total[name] ??= { requests: 0, limits: 0 });
      sum.requests += requests;
      sum.limits += limits;
    }
    const cell = (name: string, field: 'requests' | 'limits') => share(name, amounts[name]?.[field] ?? 0);
    writer.line(
      1,
      `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cell('cpu', 'requests')}\t${cell('cpu', 'limits')}\t` +
        `${cell('memory', 'requests')}\t${cell('memory', 'limits')}\t${age(pod.metadata.creationTimestamp, now)}`,
    );
  }
  writer.line(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)');
  writer.line(1, 'Resource\tRequests\tLimits');
  writer.line(1, '--------\t--------\t------');
  const extended = Object.keys(allocatable).filter((name) => name.startsWith('hugepages-') || name.includes('/'));
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...extended.sort()]) {
    const { requests, limits } = total[name] ?? { requests: 0, limits: 0 };
    writer.line(1, `${name}\t${share(name, requests)}\t${share(name, limits)}`);
  }
}
