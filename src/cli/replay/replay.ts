import { type Actual, modeOf, type Recording } from './recording';
import { ReplayWorld } from './world';

export interface ReplayOptions {
  /** Leave out probes and dumps of other kube-proxy modes. */
  proxyMode?: string;
}

/** Runs a recording from its start on a fresh cluster; steps that were left out are undefined. */
export async function replay(recording: Recording, options: ReplayOptions = {}): Promise<(Actual | undefined)[]> {
  const world = new ReplayWorld(recording);
  const results: (Actual | undefined)[] = [];
  let mode: string | undefined;
  for (const step of recording.steps) {
    // A conntrack dump shows what the flow before it left behind, and goes with it.
    mode = modeOf(step.cmd) ?? (step.cmd.startsWith('@conntrack') ? mode : undefined);
    const leaveOut = options.proxyMode !== undefined && mode !== undefined && mode !== options.proxyMode;
    results.push(leaveOut ? undefined : await world.run(step));
  }
  return results;
}
