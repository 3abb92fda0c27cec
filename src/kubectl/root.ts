import type { Command } from './command';
import { get } from './commands/get';
import { describe } from './commands/describe';
import { apply } from './commands/apply';
import { create } from './commands/create';
import { deleteCommand } from './commands/delete';
import { expose } from './commands/expose';
import { run } from './commands/run';
import { scale } from './commands/scale';
import { annotate, label } from './commands/label';
import { patch } from './commands/patch';
import { replace } from './commands/replace';
import { diff } from './commands/diff';
import { edit } from './commands/edit';
import { exec } from './commands/exec';
import { logs } from './commands/logs';
import { wait } from './commands/wait';
import { rollout } from './commands/rollout';
import { set } from './commands/set';
import { explain } from './commands/explain';
import { events } from './commands/events';
import { clusterInfo } from './commands/clusterinfo';
import { apiResources, apiVersions } from './commands/apiresources';
import { version } from './commands/version';
import { config } from './commands/config';
import { cordon, uncordon } from './commands/cordon';
import { taint } from './commands/taint';
import { attach } from './commands/attach';
import { auth } from './commands/auth';
import { autoscale } from './commands/autoscale';
import { certificate } from './commands/certificate';
import { completion } from './commands/completion';
import { cp } from './commands/cp';
import { debug } from './commands/debug';
import { drain } from './commands/drain';
import { kuberc } from './commands/kuberc';
import { kustomize } from './commands/kustomize';
import { plugin } from './commands/plugin';
import { portForward } from './commands/portforward';
import { proxy } from './commands/proxy';
import { top } from './commands/top';

/** The commands, in the groups and the order of kubectl's help. */
export const GROUPS: readonly { title: string; commands: readonly Command[] }[] = [
  { title: 'Basic Commands (Beginner):', commands: [create, expose, run, set] },
  { title: 'Basic Commands (Intermediate):', commands: [explain, get, edit, deleteCommand] },
  {
    title: 'Deploy Commands:',
    commands: [rollout, scale, autoscale],
  },
  {
    title: 'Cluster Management Commands:',
    commands: [certificate, clusterInfo, top, cordon, uncordon, drain, taint],
  },
  {
    title: 'Troubleshooting and Debugging Commands:',
    commands: [describe, logs, attach, exec, portForward, proxy, cp, auth, debug, events],
  },
  {
    title: 'Advanced Commands:',
    commands: [diff, apply, patch, replace, wait, kustomize],
  },
  {
    title: 'Settings Commands:',
    commands: [label, annotate, completion],
  },
  {
    title: 'Other Commands:',
    commands: [apiResources, apiVersions, config, kuberc, plugin, version],
  },
];

export const COMMANDS: readonly Command[] = GROUPS.flatMap((group) => group.commands);
