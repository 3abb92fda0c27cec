import { formatAddress, parseAddress } from '../address';
import type { Host, Interface } from '../host';
import { formatRoute } from '../routes';
import { type Tool, failed, said } from './tool';

/** A hardware address that follows from the interface's own, as CNI plugins make them: nothing here looks at it. */
function hardware({ address }: Pick<Interface, 'address'>): string {
  const bytes = [0x0a, 0x58, address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function interfaces(host: Host, only: string | undefined): { index: number; each: Interface }[] {
  return [...host.interfaces.values()]
    .map((each, i) => ({ index: i + 2, each }))
    .filter(({ each }) => only === undefined || each.name === only);
}

const broadcast = ({ address, length }: Interface) => formatAddress(address | (length === 32 ? 0 : 0xffffffff >>> length));

/** `hideLinks`: with -4 addresses stand alone. */
function link(host: Host, only: string | undefined, addresses: boolean, hideLinks = false): string {
  const mode = addresses ? '' : ' mode DEFAULT';
  let text = '';
  if (only === undefined || only === 'lo') {
    text += `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN${mode} group default qlen 1000\n`;
    if (!hideLinks) text += '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n';
    if (addresses) text += '    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n';
  }
  for (const { index, each } of interfaces(host, only)) {
    // a pod's end of a pair whose other end is a port of the node's bridge
    const isPair = each.link?.bridge !== undefined && each.link.bridge.host !== host;
    const name = isPair ? `${each.name}@if7` : each.name;
    const qdisc = isPair || each.name === 'cni0' ? 'noqueue' : 'fq_codel';
    text += `${index}: ${name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc ${qdisc} state UP${mode} group default qlen 1000\n`;
    if (!hideLinks) text += `    link/ether ${hardware(each)} brd ff:ff:ff:ff:ff:ff${isPair ? ' link-netnsid 0' : ''}\n`;
    if (addresses) {
      text += `    inet ${formatAddress(each.address)}/${each.length} brd ${broadcast(each)} scope global ${each.name}\n`;
      text += '       valid_lft forever preferred_lft forever\n';
    }
  }
  return text;
}

function brief(host: Host, only: string | undefined, addresses: boolean): string {
  const line = (name: string, state: string, rest: string) => `${name.padEnd(16)} ${state.padEnd(14)} ${rest} \n`;
  const lo = addresses ? '127.0.0.1/8' : '00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>';
  let text = only === undefined || only === 'lo' ? line('lo', 'UNKNOWN', lo) : '';
  for (const { each } of interfaces(host, only)) {
    const rest = addresses
      ? `${formatAddress(each.address)}/${each.length}`
      : `${hardware(each)} <BROADCAST,MULTICAST,UP,LOWER_UP>`;
    text += line(each.name, 'UP', rest);
  }
  return text;
}

/** `ip route get ADDRESS`: two lines, or why not. */
function routeGet(host: Host, text: string | undefined) {
  const destination = parseAddress(text ?? '');
  if (text === undefined) return failed('need at least a destination address', 1);
  if (destination === undefined) return failed(`Error: any valid prefix is expected rather than "${text}".`, 1);
  const { local, route, out } = host.decide(destination);
  if (local) {
    return said(`local ${text} dev lo src ${text} uid 0 \n    cache <local> \n`);
  }
  if (!route) return failed('RTNETLINK answers: Network is unreachable', 2);
  const via = route.via === undefined ? '' : `via ${formatAddress(route.via)} `;
  const source = route.source ?? out?.address;
  return said(
    `${text} ${via}dev ${route.device}${source === undefined ? '' : ` src ${formatAddress(source)}`} uid 0 \n    cache \n`,
  );
}

const OBJECTS = ['address', 'link', 'neighbour', 'neighbor', 'route', 'rule'];

/** iproute2's ip: addr, link, route [get], neigh, of IPv4. Nothing can be changed. */
export const ip: Tool = ({ host, args }) => {
  const flags = args.filter((word) => word.startsWith('-'));
  const [object, command = 'show', ...rest] = args.filter((word) => !word.startsWith('-'));
  const isBrief = flags.some((flag) => flag.startsWith('-br'));
  if (flags.includes('-6')) return said('');
  if (object === undefined)
    return failed('Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { address | link | neigh | route }', 255);
  const name = OBJECTS.find((each) => each.startsWith(object));
  if (!name) return failed(`Object "${object}" is unknown, try "ip help".`, 1);
  const isShow = ['show', 'list', 'lst'].some((word) => word.startsWith(command));
  if (name === 'route' && command === 'get') return routeGet(host, rest[0]);
  if (!isShow) {
    if (['add', 'del', 'delete', 'change', 'replace', 'flush', 'set'].includes(command))
      return failed(`ip: this simulator does not do "ip ${name} ${command}"`, 1);
    return failed(`Command "${command}" is unknown, try "ip ${name} help".`, 255);
  }
  const only = rest[0] === 'dev' ? rest[1] : name === 'address' || name === 'link' ? rest[0] : undefined;
  if (only !== undefined && only !== 'lo' && !host.interfaces.has(only)) return failed(`Device "${only}" does not exist.`, 1);
  switch (name) {
    case 'address':
      return said(isBrief ? brief(host, only, true) : link(host, only, true, flags.includes('-4')));
    case 'link':
      return said(isBrief ? brief(host, only, false) : link(host, only, false));
    case 'route': {
      const routes = host.routes.list().filter(({ device }) => only === undefined || device === only);
      return said(routes.map((route) => `${formatRoute(route)}\n`).join(''));
    }
    case 'rule':
      return said('0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n');
    default: {
      const lines = interfaces(host, only).flatMap(({ each }) =>
        (each.link?.neighboursOf(host) ?? []).map(
          (address) => `${formatAddress(address)} dev ${each.name} lladdr ${hardware({ address })} REACHABLE \n`,
        ),
      );
      return said(lines.join(''));
    }
  }
};
