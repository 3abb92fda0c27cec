import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allNamespacesFlag, dryRunFlag, filenameFlags, outputFlags } from '../commonflags';
import type { Mapping } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import { flag } from '../flags';
import { objectPrinter } from '../printers/objectprinter';
import { TabWriter } from '../printers/tabwriter';
import type { Session } from '../session';
import { notSimulatedCommand } from './notsimulated';

const VERBS = 'get list watch create update patch delete deletecollection use bind impersonate approve sign escalate attest *';
const URL_VERBS = 'get put post head options delete patch *';

/** Posts a review; undefined where the server has no such API. There everybody may do everything, as without an authorizer. */
function review(session: Session, group: string, kind: string, spec: Json): Json | undefined {
  const apiVersion = `${group}/v1`;
  try {
    return session.post(`/apis/${apiVersion}/${kind.toLowerCase()}s`, { kind, apiVersion, metadata: {}, spec });
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
    throw error;
  }
}

const canI: Command = {
  name: 'can-i',
  short: 'Check whether an action is allowed',
  use: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  examples: ['kubectl auth can-i create services', 'kubectl auth can-i list pods -A'],
  flags: [
    allNamespacesFlag,
    flag('list', 'bool', 'List all allowed actions.'),
    flag('no-headers', 'bool', 'With --list: no line with the names of columns.'),
    flag('quiet', 'bool', 'Only the exit code tells.', { short: 'q' }),
    flag('subresource', 'string', 'Subresource such as log or scale.'),
  ],
  *run(invocation) {
    const { session, flags, args } = invocation;
    if (flags.boolean('list')) return listRules(invocation);
    if (args.length !== 2)
      throw new KubectlError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    const [verb = '', what = ''] = args;
    const namespace = flags.boolean('all-namespaces') ? '' : session.namespace;
    const subresource = flags.string('subresource');
    let spec: Json;
    if (what.startsWith('/')) {
      if (subresource) throw new KubectlError('--subresource can not be used with NonResourceURL');
      if (!URL_VERBS.split(' ').includes(verb)) session.err(`Warning: verb '${verb}' is not a known verb\n\n`);
      spec = { nonResourceAttributes: { verb, path: what } };
    } else {
      const [type = '', name = ''] = what.split(/\/(.*)/s);
      const mapping = resourceFor(session, type);
      if (namespace !== '') {
        if (mapping && !mapping.namespaced)
          session.err(
            `Warning: resource '${mapping.resource}' is not namespace scoped${mapping.group ? ` in group '${mapping.group}'` : ''}\n\n`,
          );
        if (!VERBS.split(' ').includes(verb)) session.err(`Warning: verb '${verb}' is not a known verb\n\n`);
      }
      spec = {
        resourceAttributes: {
          namespace,
          verb,
          group: mapping?.group ?? '',
          resource: mapping?.resource ?? type,
          subresource,
          name,
        },
      };
    }
    if (flags.boolean('no-headers')) throw new KubectlError('--no-headers cannot be set without --list specified');
    const status = review(session, 'authorization.k8s.io', 'SelfSubjectAccessReview', spec)?.status ?? { allowed: true };
    const why = [status.reason, status.evaluationError].filter(Boolean).map((text: string) => ` - ${text}`);
    if (!flags.boolean('quiet')) session.out(status.allowed ? 'yes\n' : `no${why.join('')}\n`);
    return status.allowed ? 0 : 1;
  },
};

function resourceFor(session: Session, type: string): Mapping | undefined {
  if (type === '*') return undefined;
  try {
    return session.find(type);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    // nobody serves them, and yet people may be impersonated
    if (type === 'users' || type === 'groups') return undefined;
    const [resource = '', ...group] = type.toLowerCase().split('.');
    const where = group.length > 0 ? ` in group '${group.join('.')}'` : '';
    session.err(`Warning: the server doesn't have a resource type '${resource}'${where}\n\n`);
    return undefined;
  }
}

function listRules({ session, flags, args }: Invocation): void {
  if (args.length > 0) throw new KubectlError('list option must be specified with no arguments');
  if (flags.boolean('quiet') || flags.boolean('all-namespaces') || flags.string('subresource'))
    throw new KubectlError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  const status = review(session, 'authorization.k8s.io', 'SelfSubjectRulesReview', { namespace: session.namespace })?.status ?? {
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  };
  const writer = new TabWriter({ minWidth: 6, padding: 3 });
  if (!flags.boolean('no-headers')) writer.write('Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  const list = (values: readonly string[] | undefined) => `[${(values ?? []).join(' ')}]`;
  for (const rule of status.resourceRules ?? []) {
    const groups: string[] = rule.apiGroups ?? [''];
    const resources = (rule.resources ?? []).flatMap((resource: string) =>
      groups.map((group) => (group === '' ? resource : `${resource}.${group}`)),
    );
    writer.write(`${resources.join(',')}\t[]\t${list(rule.resourceNames)}\t${list(rule.verbs)}\n`);
  }
  for (const rule of status.nonResourceRules ?? []) writer.write(`\t${list(rule.nonResourceURLs)}\t[]\t${list(rule.verbs)}\n`);
  session.out(writer.flush());
}

const whoami: Command = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  use: '',
  flags: outputFlags,
  *run(invocation) {
    const { session, flags } = invocation;
    const answer: Json = review(session, 'authentication.k8s.io', 'SelfSubjectReview', undefined) ?? {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      status: { userInfo: { username: session.user, groups: ['system:masters', 'system:authenticated'] } },
    };
    const printer = objectPrinter({
      flags,
      environment: session.environment,
      typed: true,
      nameOf: () => 'selfsubjectreview.authentication.k8s.io/<unknown>',
    });
    if (printer) return session.out(printer(answer));
    const { username, uid, groups, extra } = answer.status.userInfo;
    const writer = new TabWriter({ minWidth: 6, padding: 3 });
    writer.write('ATTRIBUTE\tVALUE\n');
    if (username) writer.write(`Username\t${username}\n`);
    if (uid) writer.write(`UID\t${uid}\n`);
    if (groups?.length) writer.write(`Groups\t[${groups.join(' ')}]\n`);
    for (const key of Object.keys(extra ?? {}).sort()) writer.write(`Extra: ${key}\t[${extra[key].join(' ')}]\n`);
    session.out(writer.flush());
  },
};

export const auth: Command = {
  name: 'auth',
  short: 'Inspect authorization',
  use: '[flags]',
  long: 'Inspect authorization.',
  commands: [
    canI,
    notSimulatedCommand(
      'reconcile',
      'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
      {
        use: '-f FILENAME',
        flags: [
          ...filenameFlags,
          ...outputFlags,
          dryRunFlag,
          flag('remove-extra-permissions', 'bool', 'Remove permissions that are not in the file.', { support: 'not simulated' }),
          flag('remove-extra-subjects', 'bool', 'Remove subjects that are not in the file.', { support: 'not simulated' }),
        ],
      },
    ),
    whoami,
  ],
};
