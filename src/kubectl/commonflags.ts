import { flag, type Flag } from './flags';

const ignored = { support: 'ignored' } as const;

/** Flags every command takes. */
export const globalFlags: readonly Flag[] = [
  flag('as', 'string', 'User to act as. This simulator lets everyone do everything.'),
  flag('as-group', 'array', 'Group to act as.'),
  flag('as-uid', 'string', 'UID to act as.'),
  flag('as-user-extra', 'array', 'Extra attributes of the user to act as: key=value.'),
  flag('cache-dir', 'string', 'Directory of the discovery cache.', ignored),
  flag('certificate-authority', 'string', 'File with the certificate of the authority.', ignored),
  flag('client-certificate', 'string', 'File with the client certificate.', ignored),
  flag('client-key', 'string', 'File with the client key.', ignored),
  flag('cluster', 'string', 'Cluster of the kubeconfig to use.'),
  flag('context', 'string', 'Context of the kubeconfig to use.'),
  flag('disable-compression', 'bool', 'Do not compress answers.', ignored),
  flag('insecure-skip-tls-verify', 'bool', 'Do not check the certificate of the server.', ignored),
  flag('kubeconfig', 'string', 'Path of the kubeconfig file.'),
  flag('kuberc', 'string', 'Path of the kuberc file.', ignored),
  flag('log-flush-frequency', 'duration', 'How often logs are written.', { ...ignored, default: '5s' }),
  flag('match-server-version', 'bool', 'Require the version of the server to match.', ignored),
  flag('namespace', 'string', 'Namespace of this request.', { short: 'n' }),
  flag('password', 'string', 'Password for basic authentication.', ignored),
  flag('profile', 'string', 'Profile to capture.', { ...ignored, default: 'none' }),
  flag('profile-output', 'string', 'File of the profile.', { ...ignored, default: 'profile.pprof' }),
  flag('request-timeout', 'string', 'How long to wait for one request (1s, 2m, 3h). 0 waits forever.', { default: '0' }),
  flag('server', 'string', 'Address and port of the API server.', { short: 's' }),
  flag('tls-server-name', 'string', 'Server name for the certificate check.', ignored),
  flag('token', 'string', 'Bearer token.', ignored),
  flag('user', 'string', 'User of the kubeconfig to use.'),
  flag('username', 'string', 'User name for basic authentication.', ignored),
  flag('v', 'int', 'Verbosity of the log.', { ...ignored, short: 'v', default: '0' }),
  flag('vmodule', 'array', 'Verbosity by file.', { ...ignored, default: '' }),
  flag('warnings-as-errors', 'bool', 'Treat warnings of the server as errors.'),
  flag('help', 'bool', 'Show help.', { short: 'h' }),
];

export const filenameFlag = flag('filename', 'list', 'File, directory, or - for standard input.', { short: 'f' });
export const recursiveFlag = flag('recursive', 'bool', 'Also read the directories inside the directory of -f.', { short: 'R' });
export const filenameFlags: readonly Flag[] = [
  filenameFlag,
  flag('kustomize', 'string', 'Kustomization directory.', { short: 'k', support: 'not simulated' }),
  recursiveFlag,
];

export const outputFlags: readonly Flag[] = [
  flag('output', 'string', 'Output format: json, yaml, kyaml, name, wide, jsonpath=..., go-template=..., custom-columns=...', {
    short: 'o',
  }),
  flag('template', 'string', 'Template, or the file of it, for -o go-template or jsonpath.'),
  flag('allow-missing-template-keys', 'bool', 'Ignore missing fields in templates.', { default: 'true' }),
  flag('show-managed-fields', 'bool', 'Keep managedFields in JSON and YAML.'),
];

export const selectorFlag = flag('selector', 'string', 'Label selector: key=value, key!=value, key in (a,b), !key.', {
  short: 'l',
});
export const fieldSelectorFlag = flag('field-selector', 'string', 'Field selector: metadata.name=x.');
export const allNamespacesFlag = flag('all-namespaces', 'bool', 'In all namespaces.', { short: 'A' });
export const dryRunFlag = flag('dry-run', 'string', 'none, client (only print) or server (ask the server without storing).', {
  default: 'none',
  bare: 'unchanged',
});
export const fieldManagerFlag = (manager: string) =>
  flag('field-manager', 'string', 'Name of the manager of the fields.', { default: manager });
export const validateFlag = flag('validate', 'string', 'strict (or true), warn, ignore (or false).', {
  default: 'strict',
  bare: 'strict',
});
export const allFlag = flag('all', 'bool', 'All objects of the given types in the namespace.');
export const localFlag = flag('local', 'bool', 'Do not ask the server.', { support: 'not simulated' });
export const saveConfigFlag = flag('save-config', 'bool', 'Save the configuration in the annotation that apply reads.');
