import type { ApiClient } from '../cluster/apiserver/rest';
import type { DnsAnswer } from '../cluster/coredns/answer';
import type { ContainerView } from '../cluster/kubelet/kubelet';
import type { Trace } from '../cluster/linux/trace';
import type { HttpRequest, HttpResponse } from '../cluster/kubelet/images';
import type { ConnectResult, Network } from '../cluster/network';

/** What a terminal can reach of the simulated cluster; `Cluster` fits. */
export interface World {
  readonly api: ApiClient;
  readonly network: Network;
  readonly dns: {
    /** The address under which pods find the cluster's DNS. */
    readonly address: string;
    /** Whether it runs in pods: then a query is a packet to them; else it answers by itself. */
    readonly inPods: boolean;
    answer(name: string, type: string): DnsAnswer;
  };
  /** A running pod's container (default: its first) as its programs see it. */
  container(namespace: string, pod: string, container?: string): ContainerView | undefined;
  /** What the program behind an answered connection says to an HTTP request; its container's log tells of it. Undefined: no HTTP. */
  answer(result: ConnectResult, request: HttpRequest): HttpResponse | undefined;
  /** The program of a container has ended by itself. */
  endContainer(namespace: string, pod: string, container: string, exitCode: number): void;
  /** Virtual time, ms since the epoch. */
  now(): number;
  /** Called after any change of the cluster or its clock. Returns the function that stops it. */
  subscribe(listener: () => void): () => void;
}

/** Told of each connection that a program opened. */
export type TraceListener = (trace: Trace) => void;
