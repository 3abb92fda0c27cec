import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import type { Mapping } from '../discovery';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { generator } from './generate';

const RESOURCE_VERBS = '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(
  ' ',
);
const URL_VERBS = '* get post put delete patch head options'.split(' ');

/** Verbs that only make sense for some resources, as `resource.group`. */
const SPECIAL_VERBS: Record<string, readonly string[]> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  escalate: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  impersonate: ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io'],
};

const ruleFlags = [
  flag('resource', 'list', 'Resource the rule is about: pods, rs.apps, pods/status.'),
  flag('resource-name', 'array', 'Name of an object the rule is about.'),
  flag('verb', 'list', 'What the rule allows.'),
];

/** A resource that --resource names. */
interface Named {
  group: string;
  resource: string;
  subresource: string;
  /** Why the server does not know it. */
  unknown?: string;
}

const unique = (values: readonly string[]) => [...new Set(values)];

function verbsOf({ flags }: Invocation): string[] {
  const verbs = unique(flags.list('verb'));
  return verbs.includes('*') ? ['*'] : verbs;
}

function resourcesOf({ session, flags }: Invocation): Named[] {
  const found: Named[] = [];
  for (const text of flags.list('resource')) {
    const [whole = '', ...sub] = text.split('/');
    const [resource = '', ...rest] = whole.split('.');
    const named = { resource, group: rest.join('.'), subresource: sub.join('/') };
    if (text === '*') return [named];
    found.push(resource === '' || resource === '*' ? named : known(session.discovery.mappings, named));
  }
  return found;
}

/** The resource as the server names it. Upstream: RESTMapper.ResourceFor. */
function known(mappings: readonly Mapping[], named: Named): Named {
  const { resource, group } = named;
  const found = mappings.find(
    (mapping) =>
      (mapping.resource === resource || mapping.singular === resource || mapping.shortNames.includes(resource)) &&
      (group === '' || mapping.group === group || mapping.group.startsWith(`${group}.`)),
  );
  if (found) return { ...named, resource: found.resource, group: found.group };
  const type = group ? `${resource}.${group}` : resource;
  return { ...named, unknown: `the server doesn't have a resource type "${type}"` };
}

/** Refuses what cannot be a rule. @throws KubectlError */
function checkResources(verbs: readonly string[], resources: readonly Named[]): void {
  for (const { resource, group, unknown } of resources) {
    if (resource === '') throw new KubectlError('resource must be specified if apiGroup/subresource specified');
    if (resource === '*') return;
    let problem = unknown;
    for (const verb of verbs) {
      const special = SPECIAL_VERBS[verb];
      if (special && !special.includes(`${resource}.${group}`))
        throw new KubectlError(`can not perform '${verb}' on '${resource}' in group '${group}'`);
      if (special) problem = undefined;
    }
    if (problem) throw new KubectlError(problem, { verbatim: true });
  }
}

function warnOfVerbs({ session }: Invocation, verbs: readonly string[]): void {
  for (const verb of verbs)
    if (!RESOURCE_VERBS.includes(verb)) session.err(`Warning: '${verb}' is not a standard resource verb\n`);
}

/** One rule for each group. Upstream: generateResourcePolicyRules. */
function rulesFor({ flags }: Invocation, verbs: string[], resources: readonly Named[]): Json[] {
  const names = unique(flags.list('resource-name'));
  const groups = unique(resources.map(({ group }) => group)).sort();
  return groups.map((group) => ({
    verbs,
    apiGroups: [group],
    resources: unique(
      resources
        .filter((named) => named.group === group)
        .map(({ resource, subresource }) => (subresource ? `${resource}/${subresource}` : resource)),
    ),
    ...(names.length > 0 && { resourceNames: names }),
  }));
}

const RBAC = 'rbac.authorization.k8s.io/v1';

export const createRole = generator({
  name: 'role',
  short: 'Create a role with single rule',
  use: 'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: ruleFlags,
  apiVersion: RBAC,
  kind: 'Role',
  resource: 'roles',
  build: (invocation, name) => {
    const [verbs, resources] = [verbsOf(invocation), resourcesOf(invocation)];
    if (verbs.length === 0) throw new KubectlError('at least one verb must be specified');
    warnOfVerbs(invocation, verbs);
    if (resources.length === 0) throw new KubectlError('at least one resource must be specified');
    checkResources(verbs, resources);
    return { metadata: { name }, rules: rulesFor(invocation, verbs, resources) };
  },
});

export const createClusterRole = generator({
  name: 'clusterrole',
  short: 'Create a cluster role',
  use: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: [
    ...ruleFlags,
    flag('aggregation-rule', 'map', 'Labels of the roles this one gathers.'),
    flag('non-resource-url', 'list', 'Path that is no resource.'),
  ],
  apiVersion: RBAC,
  kind: 'ClusterRole',
  resource: 'clusterroles',
  clusterScoped: true,
  build: (invocation, name) => {
    const { flags } = invocation;
    const [verbs, resources, urls] = [verbsOf(invocation), resourcesOf(invocation), unique(flags.list('non-resource-url'))];
    const gathered = flags
      .list('aggregation-rule')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
    if (gathered.length > 0) {
      if (urls.length + verbs.length + resources.length + flags.list('resource-name').length > 0)
        throw new KubectlError('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
      const matchLabels: Json = Object.fromEntries(gathered.map(([key = '', value = '']) => [key.trim(), value.trim()]));
      return { metadata: { name }, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } };
    }
    if (verbs.length === 0) throw new KubectlError('at least one verb must be specified');
    if (resources.length === 0 && urls.length === 0)
      throw new KubectlError('one of resource or nonResourceURL must be specified');
    if (resources.length > 0) {
      warnOfVerbs(invocation, verbs);
      checkResources(verbs, resources);
    }
    if (urls.length > 0) checkUrls(verbs, urls);
    const rules = rulesFor(invocation, verbs, resources);
    return { metadata: { name }, rules: urls.length > 0 ? [...rules, { verbs, nonResourceURLs: urls }] : rules };
  },
});

function checkUrls(verbs: readonly string[], urls: readonly string[]): void {
  const wrong = verbs.find((verb) => !URL_VERBS.includes(verb));
  if (wrong !== undefined) throw new KubectlError(`invalid verb: '${wrong}' for nonResourceURL`);
  for (const url of urls) {
    if (url === '*') continue;
    if (!url.startsWith('/')) throw new KubectlError('nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*'))
      throw new KubectlError("nonResourceURL only supports wildcard matches when '*' is at the end");
  }
}
