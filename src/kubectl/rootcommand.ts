import type { Command } from './command';
import { completions } from './completion/complete';
import { directiveText } from './completion/directives';
import { KubectlError } from './errors';
import { findCommand, type FoundCommand } from './findcommand';
import { commandHelp, optionsHelp, rootHelp, rootUsage } from './help';
import { COMMANDS } from './root';
import type { KubectlEnvironment } from './types';

const helpCommand: Command = {
  name: 'help',
  short: 'Help about any command',
  use: '[command] [flags]',
  hidden: true,
  offered: true,
  *run({ args, session: { environment } }) {
    let found: FoundCommand;
    try {
      found = findCommand(ROOT, args);
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      const topics = args.map((topic) => (topic.includes('`') ? JSON.stringify(topic) : `\`${topic}\``));
      environment.stderr(`Unknown help topic [${topics.join(' ')}]\n\n\n${rootUsage()}`);
      return;
    }
    showHelp(found, environment);
  },
};

const options: Command = {
  name: 'options',
  short: 'Print the list of flags inherited by all commands',
  hidden: true,
  offered: true,
  flagsHint: (path) => `Run '${path}' without flags.`,
  help: () => undefined,
  *run({ session }) {
    session.out(optionsHelp(session.environment.env.HOME ?? ''));
  },
};

const noAlpha = (environment: KubectlEnvironment) =>
  environment.stderr('No alpha commands are available in this version of kubectl\n');

const alpha: Command = {
  name: 'alpha',
  short: 'Commands for features in alpha',
  hidden: true,
  help: noAlpha,
  *run({ session }) {
    noAlpha(session.environment);
  },
};

/** What the scripts of `kubectl completion` ask. Upstream: cobra Command.initCompleteCmd. */
const completeCommand = (name: string, described: boolean): Command => ({
  name,
  short: 'Request shell completion choices for the specified command-line',
  hidden: true,
  rawArguments: true,
  *run({ args, session: { environment } }) {
    if (args.length === 0) throw new KubectlError('requires at least 1 arg(s), only received 0');
    const [first = ''] = args;
    if (args.length > 1 && !first.startsWith('-') && !ROOT.commands?.some(({ name }) => name === first))
      environment.stderr('[Debug] Cleared global flags for plugin completion\n');
    const { candidates, directive, error } = completions(ROOT, args, environment);
    if (error !== undefined) environment.stderr(`[Debug] [Error] ${error}\n`);
    for (const { value, description = '' } of candidates)
      environment.stdout(`${(described ? `${value}\t${description}` : value).split('\n', 1)[0]?.trim()}\n`);
    environment.stdout(`:${directive}\n`);
    environment.stderr(`Completion ended with directive: ${directiveText(directive)}\n`);
  },
});

/** kubectl itself. */
export const ROOT: Command = {
  name: 'kubectl',
  short: 'kubectl controls the Kubernetes cluster manager',
  commands: [
    ...COMMANDS,
    helpCommand,
    options,
    alpha,
    completeCommand('__complete', true),
    completeCommand('__completeNoDesc', false),
  ],
  help: (environment) => environment.stdout(rootHelp()),
  *run({ session: { environment } }) {
    environment.stdout(rootHelp());
  },
};

/** What `--help` answers. */
export function showHelp({ command, path }: FoundCommand, environment: KubectlEnvironment): void {
  if (command.help) command.help(environment);
  else environment.stdout(commandHelp(command, path));
}
