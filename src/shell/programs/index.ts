import type { Machine } from '../machines';
import type { Program, ProgramTable } from '../program';
import { curl } from './curl';
import { cat, cd, editor, ls, pwd } from './files';
import { kubectl } from './kubectl';
import { conntrack, ip, iptablesSave } from './node';
import { nslookup } from './nslookup';
import { ping } from './ping';
import { clear, echo, exit, help, history, hostname, sleep, whoami } from './session';
import { ssh } from './ssh';

const everywhere: [string, Program][] = [
  ['cat', cat],
  ['cd', cd],
  ['clear', clear],
  ['curl', curl],
  ['echo', echo],
  ['exit', exit],
  ['help', help],
  ['history', history],
  ['hostname', hostname],
  ['ip', ip],
  ['ls', ls],
  ['nslookup', nslookup],
  ['ping', ping],
  ['pwd', pwd],
  ['sleep', sleep],
  ['whoami', whoami],
];
const editors: [string, Program][] = [
  ['edit', editor],
  ['nano', editor],
  ['vi', editor],
  ['vim', editor],
];
const workstation = new Map([...everywhere, ...editors, ['kubectl', kubectl], ['ssh', ssh]] as [string, Program][]);
const tables: Record<Machine['kind'], ReadonlyMap<string, Program>> = {
  laptop: workstation,
  vm: workstation,
  node: new Map([...everywhere, ['conntrack', conntrack], ['iptables-save', iptablesSave], ['ssh', ssh]] as [string, Program][]),
  pod: new Map(everywhere),
};

/** What is installed where: kubectl and ssh on the laptop and the vm, netfilter's tools on the nodes. */
export const standardPrograms: ProgramTable = (machine) => tables[machine.kind];
