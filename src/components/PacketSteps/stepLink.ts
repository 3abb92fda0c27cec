import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Link } from '../LabProvider/context';
import { externalAddresses, targetPortOf } from '../Rules/owner';
import type { Step } from '../trace/steps';

/** The value of a Service that the packet is addressed to after a step; of a reply, the one it comes from. */
export function linkOfStep({ after, direction }: Step, services: readonly KubeObject[]): Link | undefined {
  const [address, port] = direction === 'request' ? [after.destination, after.destinationPort] : [after.source, after.sourcePort];
  const value = String(port);
  for (const service of services) {
    const virtual = service.spec?.clusterIP === address || externalAddresses(service).includes(address);
    for (const own of service.spec?.ports ?? []) {
      if (virtual && own.port === port) return { part: 'port', value };
      if (virtual) continue;
      if (own.nodePort === port) return { part: 'nodePort', value };
      if (targetPortOf(own) === value) return { part: 'targetPort', value };
    }
  }
  return undefined;
}
