import { invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { configMapKey, dns1123Subdomain, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { canonicalQuantity, nanosOf } from '../../apimachinery/quantity';
import { each, wrong } from './fieldrules';

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];
const NOT_A_VARIABLE = "a valid environment variable name must consist only of printable ASCII characters other than '='";
const ONE_ONLY = 'may not have more than one field specified at a time';

/** Fields of a pod that a variable may have the value of. */
const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields that the API knows, and no variable may have. */
const OTHER_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.terminationGracePeriodSeconds',
];
const RESOURCES = ['limits', 'requests'].flatMap((kind) =>
  ['cpu', 'memory', 'ephemeral-storage'].map((name) => `${kind}.${name}`),
);
const BYTES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

const variableName = (name: string): string[] => (/^[ -<>-~]+$/.test(name) ? [] : [NOT_A_VARIABLE]);

/** A container's variables. Upstream: pkg/apis/core/validation ValidateEnv. @param path e.g. `spec.containers[0].env` */
export function validateEnv(variables: readonly Json[] | undefined, path: string): FieldError[] {
  return each(variables, path, ({ name, value, valueFrom }, field) => [
    ...(name ? wrong(`${field}.name`, name, variableName(name)) : [required(`${field}.name`)]),
    ...(valueFrom ? validateSource(valueFrom, value, `${field}.valueFrom`) : []),
  ]);
}

/** Upstream: validateEnvVarValueFrom. */
function validateSource(valueFrom: Json, value: string | undefined, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (valueFrom.fieldRef) errors.push(...validateFieldRef(valueFrom.fieldRef, `${field}.fieldRef`));
  if (valueFrom.resourceFieldRef) errors.push(...validateResourceRef(valueFrom.resourceFieldRef, `${field}.resourceFieldRef`));
  for (const source of ['configMapKeyRef', 'secretKeyRef']) {
    if (!valueFrom[source]) continue;
    const { name = '', key = '' } = valueFrom[source];
    errors.push(...wrong(`${field}.${source}.name`, name, dns1123Subdomain(name)));
    if (!key) errors.push(required(`${field}.${source}.key`));
    else errors.push(...wrong(`${field}.${source}.key`, key, configMapKey(key)));
  }
  const given = SOURCES.filter((name) => valueFrom[name]);
  if (given.length === 0) {
    const names = SOURCES.map((name) => `\`${name}\``);
    const why = `must specify one of: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
    errors.push(invalid(field, '', why));
  } else if (value) errors.push(invalid(field, '', 'may not be specified when `value` is not empty'));
  else if (given.length > 1) errors.push(invalid(field, '', ONE_ONLY));
  return errors;
}

/** Upstream: validateObjectFieldSelector, ConvertDownwardAPIFieldLabel. */
function validateFieldRef({ apiVersion, fieldPath = '' }: Json, field: string): FieldError[] {
  const place = `${field}.fieldPath`;
  if (!fieldPath) return [required(place)];
  const cannot = (why: string) => [invalid(place, fieldPath, `error converting fieldPath: ${why}`)];
  if (apiVersion !== 'v1') return cannot(`unsupported pod version: ${apiVersion}`);
  const bracket: number = fieldPath.endsWith("']") ? fieldPath.indexOf("['") : -1;
  if (bracket > 0) {
    const map: string = fieldPath.slice(0, bracket);
    const key: string = fieldPath.slice(bracket + 2, -2);
    if (map === 'metadata.annotations') return wrong(field, key.toLowerCase(), qualifiedName(key.toLowerCase()));
    if (map === 'metadata.labels') return wrong(field, key, qualifiedName(key));
    return cannot(`field label does not support subscript: ${fieldPath}`);
  }
  // an old name for it
  if (FIELDS.includes(fieldPath) || fieldPath === 'spec.host') return [];
  return OTHER_FIELDS.includes(fieldPath)
    ? [notSupported(place, fieldPath, FIELDS)]
    : cannot(`field label not supported: ${fieldPath}`);
}

/** Upstream: validateContainerResourceFieldSelector, validateContainerResourceDivisor. */
function validateResourceRef({ resource = '', divisor = '0' }: Json, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const pages = /^(limits|requests)\.hugepages-/.test(resource);
  if (!resource) errors.push(required(`${field}.resource`));
  else if (!RESOURCES.includes(resource) && !pages) errors.push(notSupported(`${field}.resource`, resource, RESOURCES));
  const unit = String(divisor);
  const supported = (units: readonly string[], text: string, what: string) => {
    if (nanosOf(unit) !== 0n && !units.includes(canonicalQuantity(unit)))
      errors.push(invalid(`${field}.divisor`, resource, `only divisor's values ${text} are supported with the ${what} resource`));
  };
  const [, name] = resource.split('.');
  if (name === 'cpu') supported(['1m', '1'], '1m and 1', 'cpu');
  else if (name === 'memory') supported(BYTES, BYTES.join(', '), 'memory');
  else if (name === 'ephemeral-storage') supported(BYTES, BYTES.join(', '), 'local ephemeral storage');
  else if (pages) supported(BYTES, BYTES.join(', '), 'hugepages');
  return errors;
}

/** What a container takes all variables of. Upstream: ValidateEnvFrom. @param path e.g. `spec.containers[0].envFrom` */
export function validateEnvFrom(sources: readonly Json[] | undefined, path: string): FieldError[] {
  return each(sources, path, (source, field) => {
    const { prefix } = source;
    const errors = prefix ? wrong(`${field}.prefix`, prefix, variableName(prefix)) : [];
    const given = ['configMapRef', 'secretRef'].filter((name) => source[name]);
    for (const ref of given) {
      const name: string = source[ref].name ?? '';
      const place = `${field}.${ref}.name`;
      // as if more followed: upstream checks it like the beginning of a name
      errors.push(...(name ? wrong(place, name, dns1123Subdomain(name.replace(/.-$/, 'a'))) : [required(place)]));
    }
    // without the source's number, as upstream
    if (given.length === 0) errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (given.length > 1) errors.push(invalid(path, '', ONE_ONLY));
    return errors;
  });
}
