import { deepEqual } from '../../apimachinery/json';
import { forbidden, invalid, notSupported, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { validateReplicas } from './replicas';
import { objectSchema } from '../metadata';
import { column, nameColumn, wide, type ResourceDefinition } from '../resource';
import { any, boolean, int32, intOrString, present, string, struct } from '../schema';
import { age } from '../table';
import {
  formatSelector,
  labelSelectorSchema,
  notNegative,
  podTemplateSchema,
  setTemplateDefaults,
  validateTemplate,
  workloadCells,
} from './workload';

/** Upstream: pkg/apis/apps/validation ValidateDeploymentSpec. */
function validateDeployment({ spec }: Json): FieldError[] {
  const { progressDeadlineSeconds: deadline, minReadySeconds = 0 } = spec;
  const errors = [...validateTemplate(spec), ...validateStrategy(spec.strategy)];
  for (const field of ['minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'])
    errors.push(...notNegative(spec, field));
  if (deadline <= minReadySeconds)
    errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  return errors;
}

/** Upstream: ValidateDeploymentStrategy. */
function validateStrategy({ type, rollingUpdate }: Json): FieldError[] {
  const field = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    const why = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbidden(field, why)] : [];
  }
  if (type !== 'RollingUpdate') {
    const shown = { Type: type, RollingUpdate: rollingUpdate ?? null };
    return [notSupported('spec.strategy', shown, ['Recreate', 'RollingUpdate'])];
  }
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const errors = [...countOrPercent(maxUnavailable, `${field}.maxUnavailable`), ...countOrPercent(maxSurge, `${field}.maxSurge`)];
  if (parseInt(maxUnavailable) === 0 && parseInt(maxSurge) === 0)
    errors.push(invalid(`${field}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  if (/^\d+%$/.test(maxUnavailable) && parseInt(maxUnavailable) > 100)
    errors.push(invalid(`${field}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%'));
  return errors;
}

const NO_PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** Upstream: ValidatePositiveIntOrPercent. */
function countOrPercent(value: number | string, field: string): FieldError[] {
  if (typeof value === 'number') return value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : [];
  return /^\d+%$/.test(value) ? [] : [invalid(field, value, NO_PERCENT)];
}

export const deployments: ResourceDefinition = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  subresources: ['scale', 'status'],
  generation: 'annotations too',
  statusKeeps: ['labels'],
  schema: objectSchema('Deployment', {
    spec: struct('DeploymentSpec', {
      replicas: int32,
      selector: labelSelectorSchema,
      template: podTemplateSchema,
      strategy: present(
        struct('DeploymentStrategy', {
          type: string,
          rollingUpdate: struct('RollingUpdateDeployment', { maxUnavailable: intOrString, maxSurge: intOrString }),
        }),
      ),
      minReadySeconds: int32,
      revisionHistoryLimit: int32,
      paused: boolean,
      progressDeadlineSeconds: int32,
    }),
    status: any,
  }),
  status: 'DeploymentStatus',
  validateName: dns1123Subdomain,
  // upstream: pkg/apis/apps/v1 SetDefaults_Deployment
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.replicas ??= 1;
    spec.strategy ??= {};
    spec.strategy.type ??= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
      spec.strategy.rollingUpdate.maxSurge ??= '25%';
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    if (spec.paused === false) delete spec.paused;
    if (spec.minReadySeconds === 0) delete spec.minReadySeconds;
    setTemplateDefaults(spec);
  },
  prepareForCreate(object) {
    object.status = {};
  },
  validate: validateDeployment,
  validateStatus: ({ status }) => validateReplicas(status, ['updatedReplicas', 'readyReplicas', 'availableReplicas']),
  validateUpdate: (object, old) =>
    deepEqual(object.spec.selector, old.spec.selector)
      ? []
      : [invalid('spec.selector', object.spec.selector ?? null, 'field is immutable')],
  columns: [
    nameColumn,
    column('Ready'),
    column('Up-to-date'),
    column('Available'),
    column('Age'),
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row: (deployment, now) => [
    deployment.metadata.name,
    `${deployment.status?.readyReplicas ?? 0}/${deployment.spec.replicas}`,
    deployment.status?.updatedReplicas ?? 0,
    deployment.status?.availableReplicas ?? 0,
    age(deployment, now),
    ...workloadCells(deployment.spec),
    formatSelector(deployment.spec.selector),
  ],
};
