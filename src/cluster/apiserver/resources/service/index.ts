import { dns1123Label } from '../../../apimachinery/names';
import type { ResourceDefinition } from '../../resource';
import { serviceColumns, serviceRow } from './columns';
import { setServiceDefaults, setServiceStatusDefaults } from './defaults';
import { serviceSchema } from './schema';
import { dropTypeDependentFields } from './update';
import { serviceWarnings, validateService, validateServiceUpdate } from './validate';

export const services: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  subresources: ['proxy', 'status'],
  createsOnUpdate: true,
  generation: false,
  schema: serviceSchema,
  validateName: dns1123Label,
  setDefaults: setServiceDefaults,
  setStatusDefaults: setServiceStatusDefaults,
  prepareForCreate(object) {
    object.status = { loadBalancer: {} };
  },
  prepareForUpdate: dropTypeDependentFields,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  warnings: serviceWarnings,
  selectableFields: (service) => ({ 'spec.clusterIP': service.spec.clusterIP ?? '', 'spec.type': service.spec.type }),
  columns: serviceColumns,
  row: serviceRow,
};
