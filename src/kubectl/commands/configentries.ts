import { base64 } from '../../cluster/apimachinery/base64';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { KubectlError, usageError } from '../errors';
import { flag, type Flag } from '../flags';
import { commandHelp } from '../help';
import { configCommand, fileOf, saved, usage } from './configcommand';

const embedFlag = flag('embed-certs', 'bool', 'Keep the contents of the file, not its path.');

/** Sets `name` and clears `data`, or the other way round with --embed-certs. */
function setFile(invocation: Invocation, entry: Json, name: string): void {
  const { session, flags } = invocation;
  if (!flags.has(name)) return;
  const path = flags.string(name);
  delete entry[name];
  if (flags.boolean('embed-certs')) entry[`${name}-data`] = base64(session.environment.readFile(path) ?? '');
  else {
    if (path) delete entry[`${name}-data`];
    const { env } = session.environment;
    entry[name] = path.startsWith('/') ? path : `${env.PWD ?? env.HOME ?? ''}/${path}`;
  }
}

function checkEmbedded({ session, flags }: Invocation, names: readonly string[]): void {
  if (!flags.boolean('embed-certs')) return;
  const given = names.filter((name) => flags.string(name));
  if (given.length === 0) throw new KubectlError(`you must specify a ${names.map((name) => `--${name}`).join(' or ')} to embed`);
  for (const name of given) {
    const path = flags.string(name);
    if (session.environment.readFile(path) === undefined)
      throw new KubectlError(`could not stat ${name} file ${path}: stat ${path}: no such file or directory`);
  }
}

const insecure = 'insecure-skip-tls-verify';
const authority = 'certificate-authority';

export const setCluster: Command = configCommand(
  {
    name: 'set-cluster',
    short: 'Set a cluster entry in kubeconfig',
    use: 'NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
    flags: [
      flag('server', 'string', 'Address of the API server.'),
      flag('tls-server-name', 'string', 'Server name for the certificate check.'),
      flag(insecure, 'bool', 'Do not check the certificate of the server.'),
      flag(authority, 'string', 'File with the certificate of the authority.'),
      embedFlag,
      flag('proxy-url', 'string', 'Address of a proxy.'),
    ],
  },
  (invocation) => {
    const { session, flags, args } = invocation;
    const [name = ''] = args;
    if (args.length !== 1) throw usage(setCluster, 'set-cluster', invocation);
    if (name === '') throw new KubectlError('you must specify a non-empty cluster name');
    if (flags.boolean(insecure) && flags.string(authority))
      throw new KubectlError('you cannot specify a certificate authority and insecure mode at the same time');
    checkEmbedded(invocation, [authority]);
    saved(invocation, ({ clusters }) => {
      const entry = entryOf(clusters, name, 'cluster');
      if (flags.has('server')) delete entry['tls-server-name'];
      for (const field of ['server', 'tls-server-name', 'proxy-url']) if (flags.has(field)) entry[field] = flags.string(field);
      if (flags.has(insecure)) {
        delete entry[insecure];
        if (flags.boolean(insecure)) {
          entry[insecure] = true;
          delete entry[authority];
          delete entry[`${authority}-data`];
        }
      }
      if (flags.has(authority)) delete entry[insecure];
      setFile(invocation, entry, authority);
    });
    session.out(`Cluster ${JSON.stringify(name)} set.\n`);
  },
);

export const setCredentials: Command = configCommand(
  {
    name: 'set-credentials',
    short: 'Set a user entry in kubeconfig',
    use: 'NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]',
    flags: [
      ...['auth-provider', 'exec-api-version', 'exec-command', 'exec-interactive-mode'].map((name) =>
        unsupported(name, 'string'),
      ),
      ...['auth-provider-arg', 'exec-arg'].map((name) => unsupported(name, 'list')),
      unsupported('exec-env', 'array'),
      unsupported('exec-provide-cluster-info', 'bool'),
      flag('client-certificate', 'string', 'File with the client certificate.'),
      flag('client-key', 'string', 'File with the client key.'),
      embedFlag,
      flag('password', 'string', 'Password.'),
      flag('token', 'string', 'Bearer token.'),
      flag('username', 'string', 'User name.'),
    ],
  },
  (invocation) => {
    const { session, flags, args } = invocation;
    const [name = ''] = args;
    if (args.length !== 1) {
      session.out(commandHelp(setCredentials, 'kubectl config set-credentials'));
      throw new KubectlError(`unexpected args: [${args.join(' ')}]`);
    }
    if (name === '') throw new KubectlError('you must specify a non-empty user name');
    const basic = flags.string('username') !== '' || flags.string('password') !== '';
    const token = flags.string('token') !== '';
    if (basic && token)
      throw new KubectlError(
        'you cannot specify more than one authentication method at the same time: --token, --username/--password',
      );
    checkEmbedded(invocation, ['client-certificate', 'client-key']);
    const plugin = (setCredentials.flags ?? []).find((known) => known.support === 'not simulated' && flags.has(known.name));
    if (plugin) throw new KubectlError(`not simulated yet: this simulator does not keep --${plugin.name}`);
    saved(invocation, ({ users }) => {
      const entry = entryOf(users, name, 'user');
      setFile(invocation, entry, 'client-certificate');
      setFile(invocation, entry, 'client-key');
      for (const field of ['token', 'username', 'password']) if (flags.has(field)) entry[field] = flags.string(field);
      if (basic) delete entry.token;
      if (token) for (const field of ['username', 'password']) delete entry[field];
    });
    session.out(`User ${JSON.stringify(name)} set.\n`);
  },
);

function unsupported(name: string, type: Flag['type']): Flag {
  return flag(name, type, 'For a plugin that gets credentials.', { support: 'not simulated' });
}

function entryOf(list: Json[], name: string, field: string): Json {
  let entry = list.find((candidate) => candidate.name === name);
  if (!entry) list.push((entry = { name, [field]: {} }));
  return entry[field];
}

/** The three commands that remove an entry. */
function remover(kind: 'cluster' | 'context' | 'user'): Command {
  const what = `Delete the specified ${kind} from the kubeconfig`;
  const command: Command = configCommand({ name: `delete-${kind}`, short: what, use: 'NAME' }, (invocation) => {
    const { session, args, path } = invocation;
    const [name = ''] = args;
    const file = fileOf(invocation);
    if (args.length !== 1) {
      if (kind === 'user') throw usageError(path, 'user to delete is required');
      return session.out(commandHelp(command, path));
    }
    saved(invocation, (config) => {
      const list: Json[] = config[`${kind}s`];
      const at = list.findIndex((entry) => entry.name === name);
      if (at < 0) throw new KubectlError(`cannot delete ${kind} ${name}, not in ${file}`);
      if (kind === 'context' && config['current-context'] === name)
        session.err('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
      list.splice(at, 1);
    });
    session.out(`deleted ${kind} ${name} from ${file}\n`);
  });
  return command;
}

export const [deleteCluster, deleteContext, deleteUser] = (['cluster', 'context', 'user'] as const).map(remover) as [
  Command,
  Command,
  Command,
];
