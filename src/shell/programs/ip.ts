import type { Program } from '../program';

/** ip [-4] [-br] addr|link|route [show] [dev NAME | NAME]: what iproute2 (and BusyBox) print of interfaces and routes. */
export const ip: Program = function* (context) {
  const flags = context.args.filter((argument) => argument.startsWith('-'));
  const words = context.args.filter((argument) => !argument.startsWith('-'));
  const [object = '', ...rest] = words;
  const { network } = context.shell.world;
  const { place } = context.machine;
  const [command, ...more] = rest.length > 0 && /^(s|sh|sho|show|l|ls|list)$/.test(rest[0] ?? '') ? rest : ['show', ...rest];
  const device = more[0] === 'dev' ? more[1] : more[0];
  const unknown = flags.find((flag) => !['-4', '-br', '-brief', '-o', '-c', '-color', '-family', '-f'].includes(flag));
  if (unknown !== undefined || (device !== undefined && /^(add|del|delete|set|flush|get|replace|change)$/.test(device))) {
    context.stderr(
      `ip: this simulator shows interfaces and routes only: ip [-4] [-br] addr|link|route [show], not "ip ${context.args.join(' ')}"\n`,
    );
    return 1;
  }
  const brief = network.ipAddr(place);
  if (object !== '' && 'address'.startsWith(object))
    return print(context, flags.includes('-br') ? lines(brief, device) : long(brief, device, true), device);
  if (object !== '' && 'link'.startsWith(object)) return print(context, long(brief, device, false), device);
  if (object !== '' && ('route'.startsWith(object) || object === 'ro') && command !== undefined) {
    const routes = network.ipRoute(place);
    const shown =
      device === undefined
        ? routes
        : routes
            .split('\n')
            .filter((line) => line.includes(` dev ${device} `))
            .join('\n');
    context.stdout(shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`);
    return 0;
  }
  context.stderr(`Object "${object}" is unknown, try "ip help".\n`);
  return 1;
};

function print(context: Parameters<Program>[0], text: string, device: string | undefined): number {
  if (text === '' && device !== undefined) {
    context.stderr(`Device "${device}" does not exist.\n`);
    return 1;
  }
  context.stdout(text);
  return 0;
}

const lines = (brief: string, device: string | undefined): string =>
  brief
    .split('\n')
    .filter((line) => line !== '' && (device === undefined || line.split(/\s+/)[0] === device))
    .map((line) => `${line}\n`)
    .join('');

/** The long form. Hardware addresses follow from the addresses: nothing in this simulator looks at them. */
function long(brief: string, device: string | undefined, addresses: boolean): string {
  const all = brief.split('\n').filter((line) => line !== '');
  const inPod = !all.some((line) => line.startsWith('cni0 '));
  return all
    .map((line, index): string => {
      const [name = '', , address = ''] = line.split(/\s+/);
      if (device !== undefined && device !== name) return '';
      const [ip = '', length = '32'] = address.split('/');
      if (name === 'lo')
        return `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n${addresses ? inet(address, 'host lo') : ''}`;
      const pod = inPod && ip.startsWith('10.244.');
      const mac = ['0a', '58', ...ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
      const qdisc = name === 'eth0' && !pod ? 'fq_codel' : 'noqueue';
      const title = `${index + 1}: ${name}${pod ? '@if7' : ''}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc ${qdisc} state UP group default qlen 1000\n`;
      const link = `    link/ether ${mac} brd ff:ff:ff:ff:ff:ff${pod ? ' link-netnsid 0' : ''}\n`;
      return title + link + (addresses ? inet(`${address} brd ${broadcast(ip, Number(length))}`, `global ${name}`) : '');
    })
    .join('');
}

const inet = (address: string, scope: string): string =>
  `    inet ${address} scope ${scope}\n       valid_lft forever preferred_lft forever\n`;

function broadcast(ip: string, length: number): string {
  const host = length >= 32 ? 0 : 2 ** (32 - length) - 1;
  const number = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const last = number - (number % (host + 1)) + host;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.');
}
