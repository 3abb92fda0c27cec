import type { ApiClient } from '../cluster/apiserver/rest';
import type { Trace } from '../cluster/linux/trace';
import type { Network } from '../cluster/network';

/** What a terminal can reach of the simulated cluster; `Cluster` fits. */
export interface World {
  readonly api: ApiClient;
  readonly network: Network;
  readonly dns: {
    resolve(from: string, name: string): { name: string; addresses: readonly string[] } | { cname: string } | { error: string };
  };
  /** Virtual time, ms since the epoch. */
  now(): number;
  /** Called after any change of the cluster or its clock. Returns the function that stops it. */
  subscribe(listener: () => void): () => void;
}

/** Told of each connection that a program opened. */
export type TraceListener = (trace: Trace) => void;
