import type { KubeObject } from './apimachinery/object';
import { rfc3339 } from './apimachinery/time';
import { clusterDNS, installAddons } from './addons';
import { portAllocator } from './apiserver/allocator';
import { ApiServer } from './apiserver/apiserver';
import { Registry, type UidSource } from './apiserver/registry';
import type { ApiClient } from './apiserver/rest';
import { ServiceAllocator } from './apiserver/resources/service/allocate';
import { ServiceAddresses } from './apiserver/serviceaddresses';
import { Store } from './apiserver/store';
import { bootstrapping, kubernetesService } from './bootstrap';
import { Clock } from './clock';
import { AddressPool, type AddressPoolOptions } from './cloud/addresspool';
import { Layer2 } from './cloud/layer2';
import { OpenStack } from './cloud/openstack';
import { ServiceController } from './cloud/service-controller';
import type { ControllerContext } from './controllers/context';
import { DeploymentController } from './controllers/deployment/controller';
import { EndpointsController } from './controllers/endpoints';
import { EndpointSliceController } from './controllers/endpointslice/controller';
import { EndpointSliceMirroringController } from './controllers/endpointslicemirroring';
import { GarbageCollector } from './controllers/garbagecollector';
import { IPAddressRepairController, keepIPAddresses } from './controllers/ipaddress';
import { HorizontalPodAutoscalerController } from './controllers/horizontalpodautoscaler';
import { KubernetesServiceController } from './controllers/kubernetesservice';
import { NamespaceController } from './controllers/namespace';
import { PodGarbageCollector } from './controllers/podgc';
import { Recorder } from './controllers/recorder';
import { ReplicaSetController } from './controllers/replicaset';
import { ServiceAccountController } from './controllers/serviceaccount';
import { DefaultServiceCIDRController, ServiceCIDRController } from './controllers/servicecidr';
import { ServicePods } from './controllers/servicepods';
import { DnsServer } from './coredns/answer';
import { idleTimeout, listenersOf } from './kubelet/images';
import type { HttpRequest, HttpResponse } from './kubelet/images/image';
import { type ContainerView, DEFAULT_BEHAVIOUR, filesIn, Kubelet, type PodBehaviour } from './kubelet/kubelet';
import { ContainerLogs } from './kubelet/logs';
import type { NodeSpec } from './kubelet/node';
import type { App, ConnectResult, Network, ProxyMode } from './network';
import { atOnce } from './pieces';
import { Random } from './random';
import { Scheduler } from './scheduler/scheduler';
import { Topology } from './topology';

/** What a cluster is made of. Every field has a default. */
export interface ClusterOptions {
  /** Same seed, same inputs: same bytes. */
  seed?: number;
  /** Virtual time at the start, ms since the epoch. */
  startTime?: number;
  nodes?: readonly NodeSpec[];
  /**
   * `openstack` gives LoadBalancer Services balancers of the cloud; `metallb` gives them addresses that a node answers for; `none` leaves
   * them pending; a pool hands addresses out once `serviceController` is started.
   */
  cloud?: 'openstack' | 'metallb' | 'none' | AddressPoolOptions;
  /**
   * What kubeadm installs besides the control plane: CoreDNS as pods behind the Service kube-dns, so that a look-up is a packet. Default
   * false: the cluster's DNS answers by itself and kube-system is empty, as on the clusters of the recordings.
   */
  addons?: boolean;
  serviceCIDR?: string;
  /** How kube-proxy writes its rules: its default, iptables, or nftables. */
  proxyMode?: ProxyMode;
  /** Nodes, by name, whose kube-proxy runs in another mode, as while a cluster moves to it node by node. */
  proxyModes?: Readonly<Record<string, ProxyMode>>;
  /** ms that kube-proxy lets pass between two writes of its rules. Default 0: they change with the objects. */
  minSyncPeriod?: number;
  nodePortRange?: string;
  /** Pod addresses of all nodes. */
  clusterCIDR?: string;
  /**
   * Pods are stand-ins as in the recordings: any image runs, every declared containerPort answers "NAME PEER", port 7/TCP echoes.
   * Otherwise a pod listens on what its image listens on.
   */
  declaredPortsListen?: boolean;
  /** How pods start, get ready and end. */
  pods?: Partial<PodBehaviour>;
  /** Whose uids are not random ones: for replaying what happened on another cluster. */
  uids?: UidSource;
  /** ms that the cloud takes to make a load balancer. */
  provisioning?: number;
}

/** The cluster's DNS. */
interface ClusterDns {
  /** The address under which pods find it. */
  readonly address: string;
  /** Whether it runs in pods: then a query is a packet to them; else it answers by itself. */
  readonly inPods: boolean;
  answer: DnsServer['answer'];
}

const DEFAULT_NODES: readonly NodeSpec[] = [1, 2, 3].map((n) => ({
  name: `node-${n}`,
  internalIP: `192.168.0.${10 + n}`,
  podCIDR: `10.244.${n}.0/24`,
}));

/** 2026-11-22T09:00:00Z. Where a cluster's clock starts unless told otherwise. */
const DEFAULT_START = Date.UTC(2026, 10, 22, 9);

/** How far `settle` looks ahead, ms: beyond are time-outs and back-offs, not reactions. */
const SETTLE_HORIZON = 8000;

/**
 * A whole simulated Kubernetes cluster with the machines around it. Nothing happens by itself: time moves when `advance`, `advanceTo`
 * or `settle` is called, and everything else follows from requests to `api`.
 */
export class Cluster {
  readonly api: ApiClient;
  readonly client: Registry;
  readonly network: Network;
  readonly topology: Topology;
  readonly dns: ClusterDns;
  /** Undefined without a cloud. */
  readonly serviceController: ServiceController | undefined;
  readonly #clock: Clock;
  readonly #kubelet: Kubelet;
  readonly #logs: ContainerLogs;
  readonly #listeners = new Set<() => void>();
  /** Puts into a cluster what every one has from the start. */
  readonly #filling: Generator<undefined, void>;

  /** @param empty nothing is in it yet: for `opening`, which fills it */
  constructor(options: ClusterOptions = {}, empty = false) {
    const {
      seed = 1,
      startTime = DEFAULT_START,
      nodes = DEFAULT_NODES,
      cloud = 'openstack',
      serviceCIDR = '10.96.0.0/12',
      nodePortRange = '30000-32767',
      clusterCIDR = '10.244.0.0/16',
      declaredPortsListen = false,
      provisioning = 3000,
      proxyMode = 'iptables',
      proxyModes = {},
      minSyncPeriod = 0,
      addons = false,
    } = options;
    const clock = (this.#clock = new Clock(startTime));
    const random = new Random(seed);
    const now = () => clock.now();
    const store = new Store(now);
    const allocator = new ServiceAllocator(
      new ServiceAddresses(store, random),
      portAllocator(nodePortRange, random),
      nodePortRange,
    );
    const background = new Random(seed + 2);
    const client = (this.client = new Registry(store, now, random, allocator, undefined, undefined, background, options.uids));
    this.#logs = new ContainerLogs(client, now);
    this.api = new ApiServer(store, client, clock, this.#logs);
    const context: ControllerContext = { client, clock, random, recorder: new Recorder(client, clock) };
    const files = filesIn(client);
    const apps = declaredPortsListen ? declaredListeners : (pod: KubeObject) => listenersOf(pod, files);
    // packets have dice of their own, so that a connection changes no name or address given later
    const packets = new Random(seed + 1);
    this.topology = new Topology({
      client,
      now,
      random: () => packets.next(),
      clusterCIDR,
      serviceCIDR,
      proxyMode,
      proxyModes,
      minSyncPeriod: minSyncPeriod > 0 ? { clock, period: minSyncPeriod } : undefined,
      apps,
      idleTimeout,
    });
    this.network = this.topology;
    const dns = new DnsServer(client, now);
    this.dns = { address: clusterDNS(serviceCIDR), inPods: addons, answer: (name, type) => dns.answer(name, type) };

    const servicePods = new ServicePods(context);
    new EndpointSliceController(context, servicePods);
    new EndpointSliceMirroringController(context);
    new EndpointsController(context, servicePods);
    new DeploymentController(context);
    new ReplicaSetController(context);
    new NamespaceController(context);
    new GarbageCollector(context);
    new PodGarbageCollector(context);
    new ServiceAccountController(context);
    new HorizontalPodAutoscalerController(context);
    new ServiceCIDRController(context);
    const apiserver = { ...context, client: client.as('kube-apiserver') };
    keepIPAddresses(apiserver);
    new IPAddressRepairController(apiserver);
    new DefaultServiceCIDRController(apiserver, serviceCIDR);
    new KubernetesServiceController(apiserver, kubernetesService(serviceCIDR));
    new Scheduler({ ...context, client: client.as('kube-scheduler') });
    const standIn: Partial<PodBehaviour> = declaredPortsListen
      ? { hasImage: () => true, checksConfiguration: false, startDelay: 20, startSpacing: 25, stopDelay: 20 }
      : {};
    this.#kubelet = new Kubelet(
      { ...context, client: client.as('kubelet') },
      { ...DEFAULT_BEHAVIOUR, ...standIn, ...options.pods },
      this.dns.address,
    );
    const cloudContext = { ...context, client: client.as('cloud-controller-manager') };
    if (cloud === 'openstack') {
      this.serviceController = new ServiceController(cloudContext, new OpenStack(this.topology), provisioning);
      this.serviceController.start();
    } else if (cloud === 'metallb') new Layer2({ ...context, client: client.as('controller') }, this.topology);
    else if (cloud !== 'none') this.serviceController = new ServiceController(cloudContext, new AddressPool(cloud), 0);
    const fill = function* (this: Cluster) {
      yield* bootstrapping(apiserver.client, nodes, rfc3339(startTime), random, serviceCIDR);
      if (addons) installAddons(client.as('kubeadm'), serviceCIDR);
      store.onWrite = () => this.#changed();
    };
    this.#filling = fill.call(this);
    if (!empty) atOnce(this.#filling);
  }

  /** A new cluster in pieces, so that a page can draw and listen in between. */
  static *opening(options: ClusterOptions): Generator<undefined, Cluster> {
    const cluster = new Cluster(options, true);
    yield;
    yield* cluster.#filling;
    return cluster;
  }

  /** Virtual time, ms since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  /** Lets `milliseconds` of virtual time pass. */
  advance(milliseconds: number): void {
    this.advanceTo(this.now() + milliseconds);
  }

  /** Lets virtual time pass until `time` (ms since the epoch); never backwards. */
  advanceTo(time: number): void {
    this.#clock.advanceTo(time);
    this.#changed();
  }

  /** When something is due next, ms since the epoch; undefined when nothing is. */
  nextEvent(): number | undefined {
    return this.#clock.next();
  }

  /** Lets time pass until the controllers have nothing left to react to. */
  settle(): void {
    atOnce(this.settling());
  }

  /** `settle` in pieces, one reaction each. */
  *settling(): Generator<undefined, void> {
    const end = this.now() + SETTLE_HORIZON;
    while (this.#clock.step(end)) yield;
    this.#changed();
  }

  /** A running pod's container (default: its first) as its programs see it. */
  container(namespace: string, pod: string, container?: string): ContainerView | undefined {
    return this.#kubelet.container(namespace, pod, container);
  }

  /** What the program behind an answered connection says to an HTTP request; its container's log tells of it. Undefined: no HTTP. */
  answer(result: ConnectResult, request: HttpRequest): HttpResponse | undefined {
    const response = this.#logs.answer(result, request);
    if (this.#logs.followed) this.#changed();
    return response;
  }

  /** The program of a container has ended by itself. */
  endContainer(namespace: string, pod: string, container: string, exitCode: number): void {
    this.#kubelet.endContainer(namespace, pod, container, exitCode);
  }

  /** Sets a running pod's readiness as if its probe had found it so. */
  setPodReady(namespace: string, name: string, ready: boolean): void {
    this.#kubelet.setReady(namespace, name, ready);
  }

  /** Calls `listener` after every write and every move of time. Returns the function that stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What the stand-in pods of the recordings listen on. */
function declaredListeners(pod: KubeObject): { protocol: 'TCP' | 'UDP'; port: number; app: App }[] {
  const declared = pod.spec.containers.flatMap((container: { ports?: { protocol: 'TCP' | 'UDP'; containerPort: number }[] }) =>
    (container.ports ?? []).map(({ protocol, containerPort }) => ({ protocol, port: containerPort, app: { kind: 'banner' } })),
  );
  return [...declared, { protocol: 'TCP', port: 7, app: { kind: 'echo' } }];
}
