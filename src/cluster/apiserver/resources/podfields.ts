import { duplicate, forbidden, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { validateAddress } from '../../apimachinery/ip';
import { dns1123Subdomain, labelValue, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { each, outOf, wrong } from './fieldrules';
import { validateLabelName, validateSelector } from './labelselector';

// Rules for single fields of a pod's spec. Upstream: pkg/apis/core/validation.

/** Upstream: ValidateTolerations. */
export const validateTolerations = (tolerations: readonly Json[] | undefined, path: string): FieldError[] =>
  each(tolerations, path, ({ key = '', operator = '', value = '', effect = '', tolerationSeconds }, field) => {
    const errors = key ? wrong(`${field}.key`, key, qualifiedName(key)) : [];
    if (!key && operator !== 'Exists') {
      const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${field}.operator`, operator, why));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      errors.push(invalid(`${field}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    const [place, messages] = [`${field}.operator`, labelValue(value)];
    if (operator === 'Equal' || operator === '') {
      if (messages.length > 0) errors.push(invalid(place, value, messages.join(';')));
    } else if (operator === 'Exists') {
      if (value) errors.push(invalid(place, value, "value must be empty when `operator` is 'Exists'"));
    } else if (operator === 'Lt' || operator === 'Gt')
      errors.push(notSupported(place, operator, ['Equal', 'Exists', 'Lt', 'Gt'], true));
    else errors.push(notSupported(place, operator, ['Equal', 'Exists'], true));
    return [...errors, ...outOf(`${field}.effect`, effect || undefined, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])];
  });

/** Upstream: ValidateHostAliases. */
export const validateHostAliases = (aliases: readonly Json[] | undefined, path: string): FieldError[] =>
  each(aliases, path, ({ ip = '', hostnames }, field) => [
    ...validateAddress(`${field}.ip`, ip),
    ...each(hostnames, `${field}.hostnames`, (name, place) => wrong(place, name, dns1123Subdomain(name))),
  ]);

const SEARCH = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*';
const NOT_A_SEARCH =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an " +
  `alphanumeric character (e.g. 'example.com', regex used for validation is '${SEARCH}')`;

/** Upstream: validatePodDNSConfig. */
export function validateDNSConfig(config: Json, policy: string, path: string): FieldError[] {
  const { nameservers = [], searches = [], options } = config ?? {};
  if (policy === 'None') {
    if (!config) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    const why = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
    if (nameservers.length === 0) return [required(`${path}.nameservers`, why)];
  }
  const errors: FieldError[] = [];
  if (nameservers.length > 3) errors.push(invalid(`${path}.nameservers`, nameservers, 'must not have more than 3 nameservers'));
  errors.push(...each(nameservers, `${path}.nameservers`, (address, field) => validateAddress(field, address)));
  if (searches.length > 32) errors.push(invalid(`${path}.searches`, searches, 'must not have more than 32 search paths'));
  if (searches.join(' ').length > 2048) {
    const why = 'must not have more than 2048 characters (including spaces) in the search list';
    errors.push(invalid(`${path}.searches`, searches, why));
  }
  errors.push(
    ...each(searches, `${path}.searches`, (given: string, field) => {
      const search = given.replace(/\.$/, '');
      const messages = search.length > 253 ? ['must be no more than 253 characters'] : [];
      if (!new RegExp(`^${SEARCH}$`).test(search)) messages.push(NOT_A_SEARCH);
      return given === '.' ? [] : wrong(field, search, messages);
    }),
    ...each(options, `${path}.options`, ({ name }, field) => (name ? [] : [required(field, 'must not be empty')])),
  );
  return errors;
}

/** Upstream: validateReadinessGates, validateSchedulingGates. */
export function validateGates({ readinessGates, schedulingGates = [] }: Json, path: string): FieldError[] {
  const names: string[] = schedulingGates.map(({ name = '' }: Json) => name);
  return [
    ...each(readinessGates, `${path}.readinessGates`, ({ conditionType = '' }, field) =>
      wrong(`${field}.conditionType`, conditionType, qualifiedName(conditionType)),
    ),
    ...names.flatMap((name, index) => {
      const field = `${path}.schedulingGates[${index}]`;
      return [...wrong(field, name, qualifiedName(name)), ...(names.indexOf(name) < index ? [duplicate(field, name)] : [])];
    }),
  ];
}

/** Upstream: validateTopologySpreadConstraints. */
export const validateSpread = (constraints: readonly Json[] = [], path: string): FieldError[] =>
  constraints.flatMap((constraint, index) => {
    const field = `${path}[${index}]`;
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains, labelSelector, matchLabelKeys } = constraint;
    const errors = maxSkew > 0 ? [] : [invalid(`${field}.maxSkew`, maxSkew, 'must be greater than zero')];
    if (!topologyKey) errors.push(required(`${field}.topologyKey`, 'can not be empty'));
    errors.push(...outOf(`${field}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']));
    const same = (other: Json) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable;
    if (constraints.slice(index + 1).some(same))
      errors.push(duplicate(`${field}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`));
    if (minDomains !== undefined) {
      if (minDomains <= 0) errors.push(invalid(`${field}.minDomains`, minDomains, 'must be greater than zero'));
      if (whenUnsatisfiable !== 'DoNotSchedule') {
        const why = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
        errors.push(invalid(`${field}.minDomains`, minDomains, why));
      }
    }
    for (const policy of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
      errors.push(...outOf(`${field}.${policy}`, constraint[policy], ['Honor', 'Ignore']));
    if (matchLabelKeys?.length && !labelSelector)
      errors.push(forbidden(`${field}.matchLabelKeys`, 'must not be specified when labelSelector is not set'));
    const { matchLabels = {}, matchExpressions = [] } = labelSelector ?? {};
    const selected = new Set([...Object.keys(matchLabels), ...matchExpressions.map(({ key }: Json) => key)]);
    errors.push(
      ...each(matchLabelKeys, `${field}.matchLabelKeys`, (key, place) => [
        ...validateLabelName(key, place),
        ...(selected.has(key) ? [invalid(place, key, 'exists in both matchLabelKeys and labelSelector')] : []),
      ]),
      ...validateSelector(labelSelector, `${field}.labelSelector`),
    );
    return errors;
  });

/** A port of a node that two ask for. Upstream: checkHostPortConflicts. */
export function validateHostPorts(containers: readonly Json[], path: string): FieldError[] {
  const taken = new Set<string>();
  return each(containers, path, ({ ports }, field) =>
    each(ports, `${field}.ports`, ({ protocol, hostIP = '', hostPort }, place) => {
      const text = `${protocol}/${hostIP}/${hostPort}`;
      if (hostPort && taken.has(text)) return [duplicate(`${place}.hostPort`, text)];
      if (hostPort) taken.add(text);
      return [];
    }),
  );
}

/** Upstream: validatePodHostNetworkDeps. */
export const validateHostNetwork = ({ hostNetwork, containers }: Json, path: string, isPod: boolean): FieldError[] =>
  hostNetwork
    ? each(containers, `${path}.containers`, ({ ports }, field) =>
        each(ports, `${field}.ports`, ({ hostPort = 0, containerPort = 0 }, place) =>
          (isPod || hostPort !== 0) && hostPort !== containerPort
            ? [invalid(`${place}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true')]
            : [],
        ),
      )
    : [];

/** Users of a pod's own are for namespaces of its own. Upstream: validateHostUsers. */
export const validateHostUsers = ({ hostUsers, ...spec }: Json, path: string): FieldError[] =>
  hostUsers === false
    ? ['hostNetwork', 'HostPID', 'HostIPC']
        .filter((name) => spec[name.replace('H', 'h')])
        .map((name) => forbidden(`${path}.${name}`, 'when `pod.Spec.HostUsers` is false'))
    : [];

/** What a volume of some kind has to say of itself: `kind.field`. Upstream: validateVolumeSource. */
const SOURCE_NEEDS: Record<string, string> = {
  hostPath: 'path',
  secret: 'secretName',
  persistentVolumeClaim: 'claimName',
  configMap: 'name',
  image: 'reference',
};
// in the order in which upstream looks at them
const SOURCES = [
  'emptyDir',
  'hostPath',
  'secret',
  'nfs',
  'persistentVolumeClaim',
  'downwardAPI',
  'configMap',
  'projected',
  'csi',
  'image',
];

/** The kind of a volume, and what it must name. Upstream: validateVolumeSource. */
export function validateSource(volume: Json, field: string): FieldError[] {
  const given = SOURCES.filter((source) => volume[source]);
  return given.flatMap((source, index) => {
    const place = `${field}.${source}`;
    if (index > 0) return [forbidden(place, 'may not specify more than 1 volume type')];
    const { defaultMode, items } = volume[source];
    const errors: FieldError[] = [];
    const need = SOURCE_NEEDS[source];
    if (need && !volume[source][need]) errors.push(required(`${place}.${need}`));
    if (defaultMode !== undefined) errors.push(...validateMode(`${place}.defaultMode`, defaultMode));
    if (source === 'secret' || source === 'configMap')
      errors.push(
        ...each(items, `${place}.items`, ({ key, path = '', mode }, item) => [
          ...(key ? [] : [required(`${item}.key`)]),
          ...(path ? validateRelativePath(`${item}.path`, path) : [required(`${item}.path`)]),
          ...(mode === undefined ? [] : validateMode(`${item}.mode`, mode)),
        ]),
      );
    return errors;
  });
}

const validateMode = (field: string, mode: number): FieldError[] =>
  mode >= 0 && mode <= 0o777 ? [] : [invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];

/** Upstream: validateLocalDescendingPath. */
export function validateRelativePath(field: string, path: string): FieldError[] {
  const errors = path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : [];
  return path.split('/').includes('..') ? [...errors, invalid(field, path, "must not contain '..'")] : errors;
}
