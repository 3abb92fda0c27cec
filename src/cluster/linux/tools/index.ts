import { conntrack, conntrackEvents } from './conntrack';
import type { Follower } from './follow';
import { ip } from './ip';
import { iptables } from './iptables';
import { iptablesRestore } from './iptables-restore';
import { iptablesSave } from './iptables-save';
import { nft } from './nft';
import { ss } from './ss';
import { sysctl } from './sysctl';
import { tcpdump } from './tcpdump';
import { type Tool, failed } from './tool';

/** IPVS is a mode of kube-proxy that this simulator does not have, so the kernel module is not loaded. */
const ipvsadm: Tool = () =>
  failed(
    "Can't initialize ipvs: Protocol not available\nAre you sure that IP Virtual Server is built in the kernel or as module?",
    255,
  );

/** Programs of a node that look at its network or change its rules, by name. */
export const tools = {
  conntrack,
  ip,
  iptables,
  'iptables-nft': iptables,
  'iptables-restore': iptablesRestore,
  'iptables-save': iptablesSave,
  ipvsadm,
  nft,
  ss,
  sysctl,
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** Those that print what happens while they run. */
export const followers = { conntrack: conntrackEvents, tcpdump } as const satisfies Record<string, Follower>;

export type FollowerName = keyof typeof followers;
