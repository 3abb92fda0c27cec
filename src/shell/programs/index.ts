import type { Machine } from '../machines';
import type { Program, ProgramTable } from '../program';
import { absent, absentPrograms } from './absent';
import { curl } from './curl';
import { cat, cd, editor, ls, pwd } from './files';
import { kubectl } from './kubectl';
import { conntrack, ip, iptablesSave } from './node';
import { nslookup } from './nslookup';
import { ping } from './ping';
import { clear, echo, exit, help, history, hostname, sleep, whoami } from './session';
import { ssh } from './ssh';
import { wget } from './wget';

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
const missing = absentPrograms.map((name): [string, Program] => [name, absent]);
const editors: [string, Program][] = [
  ['edit', editor],
  ['nano', editor],
  ['vi', editor],
  ['vim', editor],
];
const workstation = new Map([...missing, ...everywhere, ...editors, ['kubectl', kubectl], ['ssh', ssh]] as [string, Program][]);
const tables: Record<Machine['kind'], ReadonlyMap<string, Program>> = {
  laptop: workstation,
  vm: workstation,
  node: new Map([...missing, ...everywhere, ['conntrack', conntrack], ['iptables-save', iptablesSave], ['ssh', ssh]] as [
    string,
    Program,
  ][]),
  pod: new Map([...everywhere, ['wget', wget]] as [string, Program][]),
};

/** What is installed where: kubectl and ssh on the laptop and the vm, netfilter's tools on the nodes. */
export const standardPrograms: ProgramTable = (machine) => tables[machine.kind];
