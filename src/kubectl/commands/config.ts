import type { Command } from '../command';
import { outputFlags } from '../commonflags';
import { saveConfig, type KubeConfig } from '../config';
import { KubectlError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { objectPrinter } from '../printers/objectprinter';
import { TabWriter } from '../printers/tabwriter';
import { configCommand, fileOf, usage } from './configcommand';
import { deleteCluster, deleteContext, deleteUser, setCluster, setCredentials } from './configentries';
import { setProperty, unsetProperty } from './configset';
import { viewConfig } from './configview';

const currentContext = configCommand({ name: 'current-context', short: 'Display the current-context' }, ({ session }) => {
  const name = session.plainConfig['current-context'];
  if (!name) throw new KubectlError('current-context is not set');
  session.out(`${name}\n`);
});

const getContexts = configCommand(
  {
    name: 'get-contexts',
    short: 'Describe one or many contexts',
    use: '[(-o|--output=)name)]',
    flags: [
      flag('no-headers', 'bool', 'No line with the names of columns.'),
      flag('output', 'string', 'name: only names.', { short: 'o' }),
    ],
  },
  ({ session, flags, args }) => {
    const config = session.plainConfig;
    const output = flags.string('output');
    if (output !== '' && output !== 'name')
      throw new KubectlError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      );
    const missing = args.filter((name) => !config.contexts.some((entry) => entry.name === name));
    const listed = config.contexts
      .filter((entry) => args.length === 0 || args.includes(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    if (output === 'name') session.out(listed.map((entry) => `${entry.name}\n`).join(''));
    else {
      const writer = new TabWriter({ minWidth: 6, padding: 3 });
      if (!flags.boolean('no-headers')) writer.write('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n');
      for (const { name, context } of listed) {
        const mark = name === config['current-context'] ? '*' : '';
        writer.write(`${mark}\t${name}\t${context.cluster}\t${context.user}\t${context.namespace ?? ''}\n`);
      }
      session.out(writer.flush());
    }
    throwGathered(missing.map((name) => new KubectlError(`context ${name} not found`)));
  },
);

function names(name: string, short: string, read: (config: KubeConfig) => string[]): Command {
  return configCommand({ name, short }, ({ session }) =>
    session.out(
      `NAME\n${read(session.plainConfig)
        .sort()
        .map((entry) => `${entry}\n`)
        .join('')}`,
    ),
  );
}

const setContext: Command = configCommand(
  {
    name: 'set-context',
    short: 'Set a context entry in kubeconfig',
    use: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
    examples: ['kubectl config set-context --current --namespace=dev'],
    flags: [
      flag('current', 'bool', 'Change the current context.'),
      flag('cluster', 'string', 'Cluster of the context.'),
      flag('user', 'string', 'User of the context.'),
      flag('namespace', 'string', 'Namespace of the context.', { short: 'n' }),
    ],
  },
  (invocation) => {
    const { session, flags, args } = invocation;
    const config = session.plainConfig;
    if (args.length > 1) throw usage(setContext, 'set-context', invocation);
    if (!args[0] && !flags.boolean('current')) throw new KubectlError('you must specify a non-empty context name or --current');
    if (args[0] && flags.boolean('current')) throw new KubectlError('you cannot specify both a context name and --current');
    const name = args[0] || config['current-context'];
    if (!name) throw new KubectlError('no current context is set');
    let entry = config.contexts.find((candidate) => candidate.name === name);
    const verb = entry ? 'modified' : 'created';
    if (!entry) config.contexts.push((entry = { name, context: { cluster: '', user: '' } }));
    if (flags.has('cluster')) entry.context.cluster = flags.string('cluster');
    if (flags.has('user')) entry.context.user = flags.string('user');
    if (flags.has('namespace')) {
      if (flags.string('namespace')) entry.context.namespace = flags.string('namespace');
      else delete entry.context.namespace;
    }
    saveConfig(session.environment, session.flags.inherited('kubeconfig'), config);
    session.out(`Context "${name}" ${verb}.\n`);
  },
);

const useContext: Command = configCommand(
  {
    name: 'use-context',
    aliases: ['use'],
    short: 'Set the current-context in a kubeconfig file',
    use: 'CONTEXT_NAME [options]',
    examples: ['# Use the context for the minikube cluster', 'kubectl config use-context minikube'],
  },
  (invocation) => {
    const { session, args } = invocation;
    const [name] = args;
    if (args.length !== 1 || !name) throw usage(useContext, 'use-context', invocation);
    const config = session.plainConfig;
    if (!config.contexts.some((entry) => entry.name === name))
      throw new KubectlError(`no context exists with the name: "${name}"`);
    config['current-context'] = name;
    saveConfig(session.environment, session.flags.inherited('kubeconfig'), config);
    session.out(`Switched to context "${name}".\n`);
  },
);

const renameContext: Command = configCommand(
  { name: 'rename-context', short: 'Rename a context from the kubeconfig file', use: 'CONTEXT_NAME NEW_NAME' },
  (invocation) => {
    const { session, args } = invocation;
    const [from, to] = args;
    if (args.length !== 2 || from === undefined) throw usage(renameContext, 'rename-context', invocation);
    if (!to) throw new KubectlError('You must specify a new non-empty context name');
    const config = session.plainConfig;
    const entry = config.contexts.find((candidate) => candidate.name === from);
    if (!entry) throw new KubectlError(`cannot rename the context "${from}", it's not in ${fileOf(invocation)}`);
    if (config.contexts.some((candidate) => candidate.name === to)) {
      throw new KubectlError(`cannot rename the context "${from}", the context "${to}" already exists in ${fileOf(invocation)}`);
    }
    entry.name = to;
    if (config['current-context'] === from) config['current-context'] = to;
    saveConfig(session.environment, session.flags.inherited('kubeconfig'), config);
    session.out(`Context "${from}" renamed to "${to}".\n`);
  },
);

const view = configCommand(
  {
    name: 'view',
    short: 'Display merged kubeconfig settings or a specified kubeconfig file',
    flags: [
      ...outputFlags.map((candidate) => (candidate.name === 'output' ? { ...candidate, default: 'yaml' } : candidate)),
      flag('flatten', 'bool', 'With the contents of files.', { support: 'ignored' }),
      flag('merge', 'bool', 'Merge files.', { default: 'true' }),
      flag('minify', 'bool', 'Only what the current context uses.'),
      flag('raw', 'bool', 'With certificates and keys.'),
    ],
  },
  ({ session, flags, args, path }) => {
    if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`);
    if (!flags.boolean('merge') && flags.inherited('kubeconfig') === '')
      throw new KubectlError('if merge==false a precise file must be specified');
    const shown = viewConfig(session.plainConfig, {
      minify: flags.boolean('minify'),
      raw: flags.boolean('raw'),
      context: flags.inherited('context'),
    });
    const printer = objectPrinter({ flags, environment: session.environment, nameOf: () => 'config/<unknown>', typed: true });
    session.out(printer?.(shown) ?? '');
  },
);

export const config: Command = {
  name: 'config',
  short: 'Modify kubeconfig files',
  long: `Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".

 The loading order follows these rules:

  1.  If the --kubeconfig flag is set, then only that file is loaded. The flag may only be set once and no merging takes place.
  2.  If $KUBECONFIG environment variable is set, then it is used as a list of paths (normal path delimiting rules for your system). These paths are merged. When a value is modified, it is modified in the file that defines the stanza. When a value is created, it is created in the first file that exists. If no files in the chain exist, then it creates the last file in the list.
  3.  Otherwise, \${HOME}/.kube/config is used and no merging takes place.
`,
  commands: [
    currentContext,
    deleteCluster,
    deleteContext,
    deleteUser,
    names('get-clusters', 'Display clusters defined in the kubeconfig', (read) => read.clusters.map((entry) => entry.name)),
    getContexts,
    names('get-users', 'Display users defined in the kubeconfig', (read) => read.users.map((entry) => entry.name)),
    renameContext,
    setProperty,
    setCluster,
    setContext,
    setCredentials,
    unsetProperty,
    useContext,
    view,
  ],
};
