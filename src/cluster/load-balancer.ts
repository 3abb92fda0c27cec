import { formatAddress } from './linux/address';
import type { Host } from './linux/host';
import type { Link } from './linux/link';
import { parseRuleset } from './linux/ruleset-text';
import { ROUTER, machine } from './network-hosts';

/** A load balancer of the cloud, after OpenStack's Octavia: a proxy with its own address in the tenant network. */
export interface LoadBalancerSpec {
  /** Address in the tenant network. */
  readonly vip: string;
  /** Public address that the router translates to the VIP. */
  readonly floatingIP?: string;
  /** nodePort 0: the Service has none, and the listener no members. */
  readonly ports: readonly { readonly protocol: 'TCP' | 'UDP'; readonly port: number; readonly nodePort: number }[];
  /** With it, only nodes whose health check answers 200 get connections. */
  readonly healthCheckNodePort?: number;
}

/** ms without a byte after which a balancer closes a connection. OpenStack Octavia: timeout_client_data, timeout_member_data */
export const PROXY_IDLE_TIMEOUT = 50_000;

/** The program behind a load balancer's listener: it connects on to `nodePort` of a member. */
export interface ProxyApp {
  readonly kind: 'proxy';
  readonly balancer: LoadBalancer;
  readonly nodePort: number;
  readonly [option: string]: unknown;
}

/** One load balancer and its host. */
export class LoadBalancer {
  readonly host: Host;
  #spec: LoadBalancerSpec | undefined;
  #next = 0;

  constructor(
    readonly id: string,
    spec: LoadBalancerSpec,
    tenant: Link,
  ) {
    this.host = machine(`lb:${id}`, spec.vip, tenant, ROUTER, id.slice(id.indexOf('/') + 1));
    this.update(spec);
  }

  get spec(): LoadBalancerSpec {
    return this.#spec!;
  }

  /** Listens as `spec` says from now on, at the same VIP; connections of listeners that stay go on. */
  update(spec: LoadBalancerSpec): void {
    const { name, id: owner } = this.host;
    const socketsOf = ({ ports }: LoadBalancerSpec) =>
      ports.map(({ protocol, port, nodePort }) => {
        const app: ProxyApp = { kind: 'proxy', balancer: this, nodePort };
        return { protocol, port, name, owner, app };
      });
    if (this.#spec) for (const socket of socketsOf(this.#spec)) this.host.closePort(socket);
    for (const socket of socketsOf(spec)) this.host.listen(socket);
    this.#spec = spec;
  }

  /** Takes it off the network: what was connected ends. */
  remove(): void {
    this.update({ ...this.spec, ports: [] });
    this.host.unplug();
  }

  /** Round robin; `peek` leaves whose turn it is. Undefined without members. */
  pick<Member>(members: readonly Member[], peek: boolean): Member | undefined {
    const member = members[this.#next % members.length];
    if (!peek) this.#next++;
    return member;
  }
}

/**
 * What the router does for floating addresses: DNAT to the VIP, and masquerading for callers of the tenant network, whose answers
 * would otherwise reach them past the router. Undefined when there are none.
 */
export function floatingRules(balancers: Iterable<LoadBalancer>): ReturnType<typeof parseRuleset> | undefined {
  const lines: string[] = [];
  for (const { spec } of balancers) {
    if (spec.floatingIP === undefined) continue;
    lines.push(`-A PREROUTING -d ${spec.floatingIP}/32 -j DNAT --to-destination ${spec.vip}`);
    lines.push(
      `-A POSTROUTING -s ${formatAddress(ROUTER & 0xffffff00)}/24 -d ${spec.vip}/32 -m conntrack --ctstate DNAT -j MASQUERADE`,
    );
  }
  return lines.length === 0 ? undefined : parseRuleset(`*nat\n${lines.join('\n')}\nCOMMIT\n`);
}
