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
import { notSimulatedCommand } from './commands/notsimulated';

/** The commands, in the groups and the order of kubectl's help. */
export const GROUPS: readonly { title: string; commands: readonly Command[] }[] = [
  { title: 'Basic Commands (Beginner):', commands: [create, expose, run, set] },
  { title: 'Basic Commands (Intermediate):', commands: [explain, get, edit, deleteCommand] },
  {
    title: 'Deploy Commands:',
    commands: [
      rollout,
      scale,
      notSimulatedCommand('autoscale', 'Auto-scale a deployment, replica set, stateful set, or replication controller'),
    ],
  },
  {
    title: 'Cluster Management Commands:',
    commands: [
      notSimulatedCommand('certificate', 'Modify certificate resources'),
      clusterInfo,
      notSimulatedCommand('top', 'Display resource (CPU/memory) usage', 'Metrics API not available'),
      cordon,
      uncordon,
      notSimulatedCommand('drain', 'Drain node in preparation for maintenance'),
      taint,
    ],
  },
  {
    title: 'Troubleshooting and Debugging Commands:',
    commands: [
      describe,
      logs,
      notSimulatedCommand('attach', 'Attach to a running container'),
      exec,
      notSimulatedCommand('port-forward', 'Forward one or more local ports to a pod'),
      notSimulatedCommand('proxy', 'Run a proxy to the Kubernetes API server'),
      notSimulatedCommand('cp', 'Copy files and directories to and from containers'),
      notSimulatedCommand('auth', 'Inspect authorization'),
      notSimulatedCommand('debug', 'Create debugging sessions for troubleshooting workloads and nodes'),
      events,
    ],
  },
  {
    title: 'Advanced Commands:',
    commands: [
      diff,
      apply,
      patch,
      replace,
      wait,
      notSimulatedCommand('kustomize', 'Build a kustomization target from a directory or URL'),
    ],
  },
  {
    title: 'Settings Commands:',
    commands: [
      label,
      annotate,
      notSimulatedCommand('completion', 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)'),
    ],
  },
  {
    title: 'Other Commands:',
    commands: [
      apiResources,
      apiVersions,
      config,
      notSimulatedCommand('kuberc', 'Manage kuberc configuration files'),
      notSimulatedCommand(
        'plugin',
        'Provides utilities for interacting with plugins',
        'unable to find any kubectl plugins in your PATH',
      ),
      version,
    ],
  },
];

export const COMMANDS: readonly Command[] = GROUPS.flatMap((group) => group.commands);
