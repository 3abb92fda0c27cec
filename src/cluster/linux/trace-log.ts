import { type Skb, toPacket } from './packet';
import type { Hop, Loss, Packet } from './trace';

/** Collects the hops of one connection attempt. */
export class TraceLog {
  readonly hops: Hop[] = [];
  direction: Hop['direction'] = 'request';
  leg = 0;

  /** A step that changed nothing. */
  step(host: string, stage: Hop['stage'], skb: Skb, more: Partial<Hop> = {}): void {
    const packet = toPacket(skb);
    this.#add(host, stage, packet, packet, more);
  }

  /** A step that may have changed the packet from `before`. */
  change(host: string, stage: Hop['stage'], before: Packet, skb: Skb, more: Partial<Hop> = {}): void {
    this.#add(host, stage, before, toPacket(skb), more);
  }

  loss(host: string, skb: Skb, loss: Loss, more: Partial<Hop> = {}): void {
    this.step(host, 'loss', skb, { ...more, loss });
  }

  /** What `host` took last ends there: a proxy that has nobody to pass it on to. */
  lossAfterDelivery(host: string, loss: Loss): void {
    const taken = this.hops.findLast((hop) => hop.host === host && hop.stage === 'deliver');
    if (taken) this.#add(host, 'loss', taken.after, taken.after, { loss });
  }

  #add(host: string, stage: Hop['stage'], before: Packet, after: Packet, more: Partial<Hop>): void {
    this.hops.push({ host, direction: this.direction, leg: this.leg, stage, ...more, before, after });
  }
}
