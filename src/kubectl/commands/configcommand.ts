import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { configPath, saveConfig, type KubeConfig } from '../config';
import { KubectlError } from '../errors';
import { commandHelp } from '../help';
import type { Suspend } from '../types';

/** A subcommand of `kubectl config`: it waits for nothing. */
export function configCommand(command: Omit<Command, 'run'>, run: (invocation: Invocation) => void): Command {
  return {
    ...command,
    *run(invocation): Generator<Suspend, void, void> {
      run(invocation);
    },
  };
}

/** Changes the kubeconfig file. */
export function saved({ session }: Invocation, change: (config: KubeConfig & Json) => void): void {
  const config = session.plainConfig;
  change(config);
  saveConfig(session.environment, session.flags.inherited('kubeconfig'), config);
}

/** The file that is changed, as messages name it. */
export const fileOf = ({ session }: Invocation) => configPath(session.environment, session.flags.inherited('kubeconfig'));

/** The help, then the error. Upstream: helpErrorf. */
export function usage(command: Command, name: string, { session, args }: Invocation): KubectlError {
  session.out(commandHelp(command, `kubectl config ${name}`));
  return new KubectlError(`Unexpected args: [${args.join(' ')}]`);
}
