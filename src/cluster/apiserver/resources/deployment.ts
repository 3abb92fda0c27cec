import { deepEqual } from '../../apimachinery/json';
import { invalid } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, wide, type ResourceDefinition } from '../resource';
import { any, boolean, int32, intOrString, present, string, struct } from '../schema';
import { age } from '../table';
import {
  formatSelector,
  labelSelectorSchema,
  podTemplateSchema,
  setTemplateDefaults,
  validateTemplate,
  workloadCells,
} from './workload';

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
  validate: (object) => validateTemplate(object.spec),
  validateUpdate: (object, old) =>
    deepEqual(object.spec.selector, old.spec.selector)
      ? []
      : [invalid('spec.selector', object.spec.selector, 'field is immutable')],
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
