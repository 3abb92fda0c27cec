import { dns1123Label } from '../../../apimachinery/names';
import type { ResourceDefinition } from '../../resource';
import { serviceColumns, serviceRow } from './columns';
import { setServiceDefaults, setServiceStatusDefaults } from './defaults';
import { serviceSchema } from './schema';
import { dropTypeDependentFields, hideInternalTrafficPolicy } from './update';
import { validateServiceStatus } from './validatestatus';
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
  validateStatus: validateServiceStatus,
  prepareForCreate(object) {
    object.status = { loadBalancer: {} };
  },
  prepareForUpdate: dropTypeDependentFields,
  onRead: hideInternalTrafficPolicy,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validatesUpdateFirst: true,
  warnings: serviceWarnings,
  selectableFields: (service) => ({ 'spec.clusterIP': service.spec.clusterIP ?? '', 'spec.type': service.spec.type }),
  columns: serviceColumns,
  row: serviceRow,
};
