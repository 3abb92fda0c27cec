import { reads, type Case } from '../case';
import { COMMANDS } from '../../../../src/kubectl/root';
import type { Command } from '../../../../src/kubectl/command';

const paths = (command: Command, parent = ''): string[] => {
  const path = `${parent}${command.name}`;
  return [path, ...(command.commands ?? []).flatMap((child) => paths(child, `${path} `))];
};

const all = COMMANDS.flatMap((command) => paths(command));

const others = [
  '',
  'help',
  '--help',
  '-h',
  '-n default',
  'help help',
  'help options',
  'help alpha',
  'help --nothing',
  'help get',
  'help get svc',
  'help create svc clusterip',
  'help create nothing',
  'help nothing',
  'help nothing get',
  'get help',
  'config help',
  'options',
  'options x',
  'options --nothing',
  'options --help',
  'alpha',
  'alpha x',
  'alpha --help',
  'alpha --nothing',
  '--nothing',
  '--nothing svc',
  '--nothing get svc',
  '-x get svc',
  '-x',
  '--context',
  '-n default nothing',
  'nothing --help',
  'gte svc',
  'desc svc',
  'del svc web',
  'rollouts',
  'create nothing --help',
  'create service nothing --help',
  'create svc clusterip -h',
  'get --nothing -h',
  'get -h --nothing',
  'get svc --help',
  'top nothing',
  'auth nothing',
  'kuberc nothing',
  'certificate nothing',
  'certificate --nothing',
  'set nothing',
  'rollout nothing',
  'plugin nothing',
  'plugin list x',
  'plugin list --name-only',
  'api-versions x',
  'version x',
  'cluster-info x',
  'completion bash zsh',
  'completion --nothing',
];

const kubectl = (commands: readonly string[]) => commands.map((command) => `kubectl ${command}`.trim());

export const help: readonly Case[] = [
  ...reads('help', kubectl(all.map((path) => `${path} --help`))),
  ...reads('commands', kubectl(others)),
];
