import type { Userland } from '../../cluster/kubelet/images';
import type { FollowerName, ToolName } from '../../cluster/linux/tools';
import type { Machine } from '../machines';
import type { Program, ProgramTable } from '../program';
import { absent, absentPrograms } from './absent';
import { env, printenv } from './environment';
import { cat, cd, editor, ls, pwd } from './files';
import { loadKubectl, loadedKubectl } from './loadkubectl';
import { clear, echo, exit, help, hostname, sleep, whoami } from './session';

/** A program that few need: its code comes with its first use. */
const later = (load: () => Promise<Program>): Program => {
  let program: Program | undefined;
  return function* (context) {
    program ??= yield* context.shell.load(load);
    return yield* program(context);
  };
};
const networkTool = (name: ToolName) => later(async () => (await import('./node')).networkTool(name));
const follower = (name: FollowerName) => later(async () => (await import('./follow')).follower(name));

const busyboxNslookup = later(async () => (await import('./busybox/nslookup')).nslookup);
const oldNslookup = later(async () => (await import('./busybox/nslookup')).oldNslookup);
const busyboxPing = later(async () => (await import('./busybox/ping')).ping);
const nc = later(async () => (await import('./busybox/nc')).nc);
const wget = later(async () => (await import('./busybox/wget')).wget);
const chroot = later(async () => (await import('./chroot')).chroot);
const curl = later(async () => (await import('./curl')).curl);
const date = later(async () => (await import('./date')).date);
const dig = later(async () => (await import('./dns/dig')).dig);
const host = later(async () => (await import('./dns/host')).host);
const nslookup = later(async () => (await import('./dns/nslookup')).nslookup);
const fg = later(async () => (await import('./jobs')).fg);
const jobs = later(async () => (await import('./jobs')).jobs);
const kill = later(async () => (await import('./jobs')).kill);
const history = later(async () => (await import('./history')).history);
const openssl = later(async () => (await import('./openssl')).openssl);
const ping = later(async () => (await import('./ping')).ping);
const ps = later(async () => (await import('./ps')).ps);
const ssh = later(async () => (await import('./ssh')).ssh);
const timeout = later(async () => (await import('./timeout')).timeout);
const wait = later(async () => (await import('./jobs')).wait);
const kubectl: Program = function* (context) {
  const program = loadedKubectl() ?? (yield* context.shell.load(loadKubectl));
  return yield* program.kubectl(context);
};
const ip = networkTool('ip');
const tcpdump = follower('tcpdump');

type Entries = readonly (readonly [string, Program])[];

/** What every shell here can do. */
const everywhere: Entries = [
  ['cat', cat],
  ['cd', cd],
  ['clear', clear],
  ['date', date],
  ['echo', echo],
  ['exit', exit],
  ['fg', fg],
  ['help', help],
  ['history', history],
  ['hostname', hostname],
  ['jobs', jobs],
  ['kill', kill],
  ['ls', ls],
  ['pwd', pwd],
  ['sleep', sleep],
  ['timeout', timeout],
  ['wait', wait],
  ['whoami', whoami],
];
const missing = Object.keys(absentPrograms).map((name) => [name, absent] as const);
const editors: Entries = ['edit', 'nano', 'vi', 'vim'].map((name) => [name, editor] as const);
const bind: Entries = [
  ['dig', dig],
  ['host', host],
  ['nslookup', nslookup],
];
const machine: Entries = [
  ...missing,
  ...everywhere,
  ...bind,
  ['curl', curl],
  ['ip', ip],
  ['openssl', openssl],
  ['ping', ping],
  ['tcpdump', tcpdump],
];
/** What an administrator of a node looks at its network with, and changes its rules. */
const netfilter: Entries = [
  ['conntrack', follower('conntrack')],
  ...(['iptables', 'iptables-nft', 'iptables-restore', 'iptables-save', 'ipvsadm', 'nft', 'ss', 'sysctl'] as const).map(
    (name) => [name, networkTool(name)] as const,
  ),
];
const workstation = new Map<string, Program>([...machine, ...editors, ['k', kubectl], ['kubectl', kubectl], ['ssh', ssh]]);
const node = new Map<string, Program>([...machine, ...netfilter, ['ps', ps], ['ssh', ssh]]);

const container: Entries = [...everywhere, ['chroot', chroot], ['env', env], ['printenv', printenv]];
const busybox: Entries = [
  ...container,
  ['ip', ip],
  ['nc', nc],
  ['nslookup', busyboxNslookup],
  ['ping', busyboxPing],
  ['ps', ps],
  ['wget', wget],
];
const withCurl = [['curl', curl]] as const;
const withTcpdump = [['tcpdump', tcpdump]] as const;
const complete: Entries = [...busybox, ...withCurl, ...bind, ['ping', ping]];
const userlands: Record<Userland, Entries> = {
  none: [],
  busybox,
  'busybox-old': [...busybox, ['nslookup', oldNslookup]],
  alpine: busybox,
  debian: container,
  bind: complete,
};
/** Images that have curl, though their system does not. */
const curlImages = /curl|nginx|bootcamp|echoserver/;
const tcpdumpImages = /netshoot/;

const tables: Record<Exclude<Machine['kind'], 'pod'>, ReadonlyMap<string, Program>> = {
  laptop: workstation,
  vm: workstation,
  node,
};
const podTables = new Map<string, ReadonlyMap<string, Program>>();

/** What is installed where: kubectl and ssh on the laptop and the vm, netfilter's tools on the nodes, in containers what their image has. */
export const standardPrograms: ProgramTable = ({ kind, image }) => {
  if (kind !== 'pod') return tables[kind];
  const hasCurl = image !== undefined && curlImages.test(image.reference);
  const hasTcpdump = image === undefined || tcpdumpImages.test(image.reference);
  const key = `${image?.userland ?? ''} ${hasCurl} ${hasTcpdump}`;
  let table = podTables.get(key);
  if (!table) {
    table = new Map([
      ...(image ? userlands[image.userland] : complete),
      ...(hasCurl ? withCurl : []),
      ...(hasTcpdump ? withTcpdump : []),
    ]);
    podTables.set(key, table);
  }
  return table;
};
