import type { Host } from '../host';
import { type Tool, type ToolOutput, said } from './tool';

interface Setting {
  readonly get: (host: Host) => number;
  /** Undefined: it can be read only. */
  readonly set?: (host: Host, value: number) => void;
}

const RP_FILTER = /^net\.ipv4\.conf\.([\w@-]+)\.rp_filter$/;
const SETTINGS: Readonly<Record<string, Setting>> = {
  'net.ipv4.ip_forward': {
    get: (host) => (host.forwards ? 1 : 0),
  },
  'net.ipv4.conf.all.route_localnet': {
    get: (host) => (host.routeLocalnet ? 1 : 0),
    set: (host, value) => (host.routeLocalnet = value !== 0),
  },
  'net.ipv4.ip_local_port_range': { get: () => NaN },
  'net.netfilter.nf_conntrack_count': { get: (host) => host.conntrack.size },
  'net.netfilter.nf_conntrack_max': { get: () => 65_536 },
  'net.bridge.bridge-nf-call-iptables': { get: () => 1 },
};

/** sysctl [-n] NAME... | [-w] NAME=VALUE: the few settings that decide a packet's way here. */
export const sysctl: Tool = ({ host, args, now }) => {
  let stdout = '';
  let stderr = '';
  const valueOnly = args.includes('-n');
  for (const word of args.filter((each) => !each.startsWith('-'))) {
    const [raw = '', value] = word.split('=');
    const name = raw.replaceAll('/', '.');
    const setting = settingOf(name, host);
    if (!setting) {
      const path = `/proc/sys/${name.replaceAll('.', '/')}`;
      stderr += name.startsWith('net.')
        ? `sysctl: cannot stat ${path}: No such file or directory\n`
        : `sysctl: this simulator has no ${name}\n`;
      continue;
    }
    if (value !== undefined) {
      const number = Number(value);
      if (!setting.set || !Number.isInteger(number)) {
        stderr += `sysctl: this simulator does not set ${name} to ${value}\n`;
        continue;
      }
      setting.set(host, number);
      host.edited(now);
    }
    const shown = name === 'net.ipv4.ip_local_port_range' ? '32768\t60999' : `${setting.get(host)}`;
    stdout += valueOnly ? `${shown}\n` : `${name} = ${shown}\n`;
  }
  const output: ToolOutput = { ...said(stdout), stderr, exit: stderr === '' ? 0 : 1 };
  return output;
};

function settingOf(name: string, host: Host): Setting | undefined {
  const device = RP_FILTER.exec(name)?.[1];
  if (device === undefined) return SETTINGS[name];
  if (device !== 'all' && device !== 'default' && device !== 'lo' && !host.interfaces.has(device)) return undefined;
  return {
    get: () => host.rpFilter.get(device) ?? 0,
    set: (_, value) => host.rpFilter.set(device, value === 1 || value === 2 ? value : 0),
  };
}
