import type { KubeObject } from './apimachinery/object';
import type { Client } from './apiserver/client';
import { address, parseAddress, prefix } from './linux/address';
import type { Host, HostOptions, Socket } from './linux/host';
import type { Link } from './linux/link';
import { RouteTable } from './linux/routes';
import type { App } from './network';
import { type NodeHost, nodeHost, podHost } from './network-hosts';

/** What a pod listens on. */
export interface Listener {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly app: App;
}

/** A node of the cluster as a machine. */
export interface NodeMachine extends NodeHost {
  readonly name: string;
  readonly ip: string;
  readonly zone: string | undefined;
}

interface PodMachine {
  readonly uid: string;
  readonly node: NodeMachine;
  /** Its own address; undefined with hostNetwork. */
  readonly address: number | undefined;
  /** Made when the first packet comes or goes. */
  host(): Host;
  /** Listens as this version of the pod does; undefined: the pod has ended. */
  listenAs(pod: KubeObject | undefined): void;
}

export interface MachinesOptions {
  readonly client: Client;
  /** The link that nodes are plugged into. */
  readonly tenant: Link;
  readonly apps: (pod: KubeObject) => readonly Listener[];
  /** What is special about a node's host. */
  readonly nodeOptions: (node: () => NodeMachine) => HostOptions;
}

/**
 * The hosts of Nodes and Pods. Changes of the objects are only noted; `sync` plugs and unplugs. A pod is on the network from the time
 * it has an address until it is deleted or has ended.
 */
export class Machines {
  readonly nodes = new Map<string, NodeMachine>();
  readonly #pods = new Map<string, PodMachine>();
  readonly #routes = new RouteTable();
  /** Hosts that were asked for since the last change. */
  readonly #known = new Map<string, Host>();
  readonly #changedNodes = new Set<string>();
  readonly #changedPods = new Map<string, KubeObject>();
  /** Pods that were there before their node: keys by the node's name. */
  readonly #waiting = new Map<string, Set<string>>();

  constructor(readonly options: MachinesOptions) {
    const { client } = options;
    const changedNode = (node: KubeObject) => this.#changedNodes.add(node.metadata.name);
    const changedPod = (pod: KubeObject) => this.#changedPods.set(keyOf(pod), pod);
    client.list('nodes').forEach(changedNode);
    client.list('pods').forEach(changedPod);
    client.watch('nodes', (_, node) => changedNode(node));
    // before a pod has an address there is nothing to plug in
    client.watch('pods', (_, pod, old) => {
      if (pod.status?.podIP || old?.status?.podIP) changedPod(pod);
    });
  }

  /** Brings hosts and links in line with the objects. */
  sync(): void {
    if (this.#changedNodes.size === 0 && this.#changedPods.size === 0) return;
    this.#known.clear();
    if (this.#changedNodes.size > 0) {
      for (const name of this.#changedNodes) this.#syncNode(name);
      this.#changedNodes.clear();
    }
    if (this.#changedPods.size > 0) {
      for (const [key, { metadata }] of this.#changedPods) this.#syncPod(key, metadata.namespace, metadata.name);
      this.#changedPods.clear();
    }
  }

  /** `node:NAME` or `pod:NAMESPACE/NAME`, up to date. */
  host(id: string): Host | undefined {
    this.sync();
    let host = this.#known.get(id);
    if (!host && (host = this.#find(id))) this.#known.set(id, host);
    return host;
  }

  #find(id: string): Host | undefined {
    if (id.startsWith('node:')) return this.nodes.get(id.slice('node:'.length))?.host;
    return id.startsWith('pod:') ? this.#pods.get(id.slice('pod:'.length))?.host() : undefined;
  }

  /** Ids of all nodes, then of all pods, by name. */
  ids(): string[] {
    return [
      ...[...this.nodes.keys()].sort().map((name) => `node:${name}`),
      ...[...this.#pods.keys()].sort().map((key) => `pod:${key}`),
    ];
  }

  #syncNode(name: string): void {
    const { client, tenant, nodeOptions } = this.options;
    const node = client.get('nodes', undefined, name);
    const ip: string | undefined = node?.status?.addresses?.find((a: { type: string }) => a.type === 'InternalIP')?.address;
    const podCIDR: string | undefined = node?.spec?.podCIDR;
    const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
    const old = this.nodes.get(name);
    if (old && old.ip === ip && old.podCIDR === podCIDR && old.zone === zone) return;
    if (old) this.#removeNode(old);
    if (ip === undefined || parseAddress(ip) === undefined) return;
    const made = nodeHost(
      name,
      ip,
      podCIDR,
      tenant,
      this.#routes,
      nodeOptions(() => machine),
    );
    const machine: NodeMachine = { ...made, name, ip, zone };
    this.nodes.set(name, machine);
    for (const key of this.#waiting.get(name) ?? []) this.#noteAgain(key);
    this.#waiting.delete(name);
  }

  #removeNode(machine: NodeMachine): void {
    for (const [key, pod] of this.#pods) {
      if (pod.node !== machine) continue;
      this.#removePod(key);
      this.#noteAgain(key);
    }
    machine.host.unplug();
    if (machine.podCIDR !== undefined) this.#routes.remove(prefix(machine.podCIDR));
    this.nodes.delete(machine.name);
  }

  #noteAgain(key: string): void {
    const [namespace, name] = key.split('/') as [string, string];
    const pod = this.options.client.get('pods', namespace, name);
    if (pod) this.#changedPods.set(key, pod);
  }

  #syncPod(key: string, namespace: string | undefined, name: string): void {
    const pod = this.options.client.get('pods', namespace, name);
    const ip: string | undefined = pod?.status?.podIP;
    const phase = pod?.status?.phase;
    const up = pod && ip && parseAddress(ip) !== undefined && phase !== 'Succeeded' && phase !== 'Failed';
    const nodeName: string = pod?.spec?.nodeName ?? '';
    const node = this.nodes.get(nodeName);
    const old = this.#pods.get(key);
    if (old && up && old.uid === pod.metadata.uid && old.node === node && (old.address ?? address(ip)) === address(ip)) {
      old.listenAs(pod);
      return;
    }
    this.#removePod(key);
    if (!up) return;
    if (node)
      this.#pods.set(key, pod.spec.hostNetwork === true ? this.#onNode(key, pod, node) : this.#plugged(key, pod, ip, node));
    else this.#waiting.set(nodeName, (this.#waiting.get(nodeName) ?? new Set()).add(key));
  }

  /** A pod that listens in its node's network namespace. */
  #onNode(key: string, pod: KubeObject, node: NodeMachine): PodMachine {
    const { host } = node;
    const sockets = new OpenSockets(() => host);
    sockets.replace(this.#sockets(key, pod));
    return {
      uid: pod.metadata.uid ?? '',
      node,
      address: undefined,
      host: () => host,
      listenAs: (version) => sockets.replace(version ? this.#sockets(key, version) : []),
    };
  }

  /** A pod in its own network namespace behind its node's bridge. */
  #plugged(key: string, pod: KubeObject, ip: string, node: NodeMachine): PodMachine {
    let made: Host | undefined;
    let current: KubeObject | undefined = pod;
    const listening = () => (current ? this.#sockets(key, current) : []);
    const sockets = new OpenSockets(() => made);
    const host = () => {
      if (!made) {
        made = podHost(`pod:${key}`, pod.metadata.name, ip, node);
        sockets.replace(listening());
      }
      return made;
    };
    node.pods?.link.attachLater(address(ip), host);
    return {
      uid: pod.metadata.uid ?? '',
      node,
      address: address(ip),
      host,
      listenAs: (version) => {
        current = version;
        if (made) sockets.replace(listening());
      },
    };
  }

  #sockets(key: string, pod: KubeObject): Socket[] {
    return this.options.apps(pod).map((listener) => ({ ...listener, name: pod.metadata.name, owner: `pod:${key}` }));
  }

  #removePod(key: string): void {
    const pod = this.#pods.get(key);
    if (!pod) return;
    pod.listenAs(undefined);
    if (pod.address !== undefined) pod.node.pods?.link.detach(pod.address);
    this.#pods.delete(key);
  }
}

/** What one pod holds open on a host. */
class OpenSockets {
  #open: readonly Socket[] = [];

  constructor(readonly host: () => Host | undefined) {}

  replace(sockets: readonly Socket[]): void {
    const host = this.host();
    if (!host) return;
    for (const socket of this.#open) host.closePort(socket);
    for (const socket of sockets) host.listen(socket);
    this.#open = sockets;
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}
