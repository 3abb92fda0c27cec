import { useEffect } from 'react';
import type { Lab } from '../../lab/types';
import { nextTask } from '../LabProvider/nextTask';

export interface FirstPacket {
  /** Host id, e.g. `internet`, `vm`, `node:node-1`. */
  from: string;
  /** An IPv4 address, or a place in an object: `service:NAMESPACE/NAME` (its clusterIP), `ingress:NAMESPACE/NAME` (its load balancer). */
  address: string;
  port: number;
  /** Default TCP. */
  protocol?: 'TCP' | 'UDP';
}

/** The IPv4 address that is meant; undefined while the object does not have it. */
function addressOf(lab: Pick<Lab, 'getSnapshot'>, address: string): string | undefined {
  const match = /^(service|ingress):([^/]+)\/(.+)$/.exec(address);
  if (!match) return address;
  const [, kind, namespace, name] = match;
  const service = lab
    .getSnapshot()
    .services.find((candidate) => candidate.metadata.name === name && (candidate.metadata.namespace ?? 'default') === namespace);
  const found: unknown = kind === 'service' ? service?.spec?.clusterIP : service?.status?.loadBalancer?.ingress?.[0]?.ip;
  return typeof found === 'string' && found !== 'None' ? found : undefined;
}

/** Sends the figure's first packet, unless something was sent before. */
export function useFirstPacket(lab: Lab, packet: FirstPacket | undefined): void {
  useEffect(() => {
    if (!packet) return undefined;
    let wanted = true;
    const send = () => {
      if (!wanted || lab.getSnapshot().traces.length > 0) return;
      const address = addressOf(lab, packet.address);
      if (address === undefined) return;
      try {
        lab.connect({ from: packet.from, protocol: packet.protocol ?? 'TCP', address, port: packet.port, idle: true });
      } catch {
        // The sender is not there (any more): the figure starts empty and says what to do.
      }
    };
    // The map is drawn first: both together would keep a phone from listening for too long.
    void nextTask().then(send);
    return () => {
      wanted = false;
    };
    // Once per lab: a packet of the reader's own is not followed by this one.
  }, [lab]);
}
