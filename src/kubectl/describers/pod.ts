import type { Json } from '../../cluster/apimachinery/object';
import { age } from '../printers/agetable';
import { writeContainers } from './containers';
import type { Describer } from './describer';
import { controller, longTime, writeAnnotations, writeLabels } from './metadata';
import { writeTolerations } from './podtemplate';
import { writeVolumes } from './volumes';

export const describePod: Describer = (writer, pod, context) => {
  const { metadata, spec, status = {} } = pod;
  const line = (text: string) => writer.line(0, text);
  line(`Name:\t${metadata.name}`);
  line(`Namespace:\t${metadata.namespace}`);
  if (spec.priority !== undefined) line(`Priority:\t${spec.priority}`);
  if (spec.priorityClassName) line(`Priority Class Name:\t${spec.priorityClassName}`);
  if (spec.runtimeClassName) line(`Runtime Class Name:\t${spec.runtimeClassName}`);
  if (spec.serviceAccountName) line(`Service Account:\t${spec.serviceAccountName}`);
  line(`Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>'}`);
  if (status.startTime) line(`Start Time:\t${longTime(status.startTime)}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    line(`Status:\tTerminating (lasts ${age(metadata.deletionTimestamp, context.now)})`);
    line(`Termination Grace Period:\t${metadata.deletionGracePeriodSeconds}s`);
  } else line(`Status:\t${status.phase ?? ''}`);
  if (status.reason) line(`Reason:\t${status.reason}`);
  if (status.message) line(`Message:\t${status.message}`);
  line(`IP:\t${status.podIP ?? ''}`);
  const addresses: Json[] = status.podIPs ?? [];
  line(addresses.length === 0 ? 'IPs:\t<none>' : 'IPs:');
  for (const address of addresses) writer.line(1, `IP:\t${address.ip}`);
  const owner = controller(pod);
  if (owner) line(`Controlled By:\t${owner}`);
  if (spec.initContainers?.length)
    writeContainers(writer, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], '');
  writeContainers(writer, 'Containers', spec.containers ?? [], status.containerStatuses ?? [], '');
  if (spec.ephemeralContainers?.length)
    writeContainers(writer, 'Ephemeral Containers', spec.ephemeralContainers, status.ephemeralContainerStatuses ?? [], '');
  const conditions: Json[] = status.conditions ?? [];
  if (conditions.length > 0) {
    line('Conditions:\n  Type\tStatus');
    for (const condition of conditions) writer.line(1, `${condition.type} \t${condition.status} `);
  }
  writeVolumes(writer, spec.volumes, '');
  line(`QoS Class:\t${status.qosClass ?? 'BestEffort'}`);
  writeLabels(writer, 'Node-Selectors', spec.nodeSelector);
  writeTolerations(writer, 'Tolerations', spec.tolerations);
  context.writeEvents(writer, pod);
};
