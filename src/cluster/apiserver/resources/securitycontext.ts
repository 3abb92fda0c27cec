import { duplicate, invalid, required, tooLong, type FieldError } from '../../apimachinery/fielderror';
import type { Json } from '../../apimachinery/object';
import { each, outOf } from './fieldrules';
import { validateRelativePath } from './podfields';
import { structOf } from './podspecdiff';

const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const NOT_A_SYSCTL =
  'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';
const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const LONGEST_PATH = 4095;

const isId = (field: string, value: Json): FieldError[] =>
  value === undefined || (value >= 0 && value <= 2147483647)
    ? []
    : [invalid(field, value, 'must be between 0 and 2147483647, inclusive')];

/** Upstream: pkg/apis/core/validation validatePodSpecSecurityContext, without what is for Windows. @param path e.g. `spec.securityContext` */
export function validatePodSecurityContext(spec: Json, path: string): FieldError[] {
  const context: Json = spec.securityContext ?? {};
  const errors = ['fsGroup', 'runAsUser', 'runAsGroup'].flatMap((name) => isId(`${path}.${name}`, context[name]));
  errors.push(...each(context.supplementalGroups, `${path}.supplementalGroups`, (group, field) => isId(field, group)));
  if (spec.shareProcessNamespace && spec.hostPID)
    errors.push(invalid(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'));
  return [
    ...errors,
    ...validateSysctls(context.sysctls, spec, `${path}.sysctls`),
    ...outOf(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, ['Always', 'OnRootMismatch']),
    ...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`),
    ...validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`),
    ...outOf(`${path}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, ['Merge', 'Strict']),
    ...outOf(`${path}.seLinuxChangePolicy`, context.seLinuxChangePolicy, ['MountOption', 'Recursive']),
  ];
}

/** Upstream: validateSysctls, ValidateHostSysctl. */
function validateSysctls(sysctls: readonly Json[] | undefined, { hostNetwork, hostIPC }: Json, path: string): FieldError[] {
  const seen = new Set<string>();
  return each(sysctls, path, ({ name = '' }, item) => {
    const field = `${item}.name`;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(field));
    else if (name.length > 253 || !SYSCTL.test(name)) errors.push(invalid(field, name, NOT_A_SYSCTL));
    else if (seen.has(name)) errors.push(duplicate(field, name));
    seen.add(name);
    const dotted = name.replaceAll('/', '.');
    if (hostNetwork && dotted.startsWith('net.'))
      errors.push(invalid(field, name, "may not be specified when 'hostNetwork' is true"));
    if (hostIPC && /^(kernel\.shm|kernel\.msg|kernel\.sem$|fs\.mqueue\.)/.test(dotted))
      errors.push(invalid(field, name, "may not be specified when 'hostIPC' is true"));
    return errors;
  });
}

/** Upstream: validateSeccompProfileField. */
function validateSeccomp(profile: Json, path: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const place = `${path}.localhostProfile`;
  const errors = type
    ? outOf(`${path}.type`, type, PROFILES)
    : [required(`${path}.type`, 'type is required when seccompProfile is set')];
  if (type === 'Localhost') {
    if (localhostProfile === undefined) errors.push(required(place, 'must be set when seccomp type is Localhost'));
    else errors.push(...validateRelativePath(place, localhostProfile));
  } else if (localhostProfile !== undefined)
    errors.push(invalid(place, structOf('SeccompProfile', profile), 'can only be set when seccomp type is Localhost'));
  return errors;
}

/** Upstream: ValidateAppArmorProfileField. */
function validateAppArmor(profile: Json, path: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const place = `${path}.localhostProfile`;
  if (!type) return [required(`${path}.type`, 'type is required when appArmorProfile is set')];
  if (type !== 'Localhost') {
    const wrong = outOf(`${path}.type`, type, PROFILES);
    if (wrong.length > 0 || localhostProfile === undefined) return wrong;
    return [invalid(place, localhostProfile, 'can only be set when AppArmor type is Localhost')];
  }
  if (localhostProfile === undefined) return [required(place, 'must be set when AppArmor type is Localhost')];
  const trimmed: string = localhostProfile.trim();
  const errors: FieldError[] = [];
  if (trimmed !== localhostProfile) errors.push(invalid(place, localhostProfile, 'must not be padded with whitespace'));
  else if (!trimmed) errors.push(required(place, 'must be set when AppArmor type is Localhost'));
  if (localhostProfile.length > LONGEST_PATH) errors.push(tooLong(place, `may not be more than ${LONGEST_PATH} bytes`));
  return errors;
}

/**
 * Upstream: ValidateSecurityContext, without what is for Windows.
 * @param hostUsers the pod's users are those of its node
 * @param path e.g. `spec.containers[0].securityContext`
 */
export function validateSecurityContext(context: Json, hostUsers: boolean, path: string): FieldError[] {
  if (!context) return [];
  const { procMount, privileged, allowPrivilegeEscalation, capabilities } = context;
  const errors = ['runAsUser', 'runAsGroup'].flatMap((name) => isId(`${path}.${name}`, context[name]));
  errors.push(...outOf(`${path}.procMount`, procMount, ['Default', 'Unmasked']));
  if (hostUsers && procMount === 'Unmasked')
    errors.push(invalid(`${path}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`'));
  errors.push(...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`));
  const escalates = (what: string) =>
    errors.push(
      invalid(path, structOf('SecurityContext', context), `cannot set \`allowPrivilegeEscalation\` to false and ${what}`),
    );
  if (allowPrivilegeEscalation === false) {
    if (privileged) escalates('`privileged` to true');
    for (const name of capabilities?.add ?? []) if (name === 'CAP_SYS_ADMIN') escalates('`capabilities.Add` CAP_SYS_ADMIN');
  }
  return [...errors, ...validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`)];
}
