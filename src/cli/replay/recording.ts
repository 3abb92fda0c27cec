/** One command of a recorded transcript and what the real thing printed. Times are seconds since the epoch. */
export interface Step {
  cmd: string;
  files: Record<string, string>;
  stdin: string | null;
  exit: number;
  stdout: string;
  stderr: string;
  start: number;
  end: number;
  /** The recording waited after the step until controllers had come to rest. */
  settled?: boolean;
  /** Two real runs differed here. */
  racy?: boolean;
  /** A client with session affinity: which backend it gets is random. */
  sticky?: boolean;
  /** What was done while a watch ran; `at` is seconds after `start`. */
  during?: { at: number; cmd: string; files?: Record<string, string> }[];
}

export interface Recording {
  scenario: string;
  nodes: { name: string; internalIP: string; podCIDR: string }[];
  serviceCIDR?: string;
  nodePortRange?: string;
  env?: Record<string, string>;
  steps: Step[];
}

/** What came of a step here. */
export interface Actual {
  cmd: string;
  exit: number;
  stdout: string;
  stderr: string;
}

/** kube-proxy mode that a probe or dump names. */
export function modeOf(cmd: string): string | undefined {
  const words = cmd.split(/\s+/);
  if (/^@(flow|ping|http|proxy|facts)$/.test(words[0] ?? '')) return words[1];
  return words[0] === '@hold' && words[1] === 'open' ? words[3] : undefined;
}
