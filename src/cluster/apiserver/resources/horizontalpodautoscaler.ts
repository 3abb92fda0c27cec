import { forbidden, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, atomic, int32, int64, keyedList, list, present, quantity, string, struct, time } from '../schema';
import { age } from '../table';
import { labelSelectorSchema } from './workload';

const reference = (name = 'CrossVersionObjectReference') => struct(name, { kind: string, name: string, apiVersion: string });
const identifier = present(struct('MetricIdentifier', { name: string, selector: labelSelectorSchema }));
const target = present(
  struct('MetricTarget', { type: string, value: quantity, averageValue: quantity, averageUtilization: int32 }),
);
const rules = struct('HPAScalingRules', {
  stabilizationWindowSeconds: int32,
  selectPolicy: string,
  policies: list(struct('HPAScalingPolicy', { type: string, value: int32, periodSeconds: int32 })),
  tolerance: quantity,
});
const metric = struct('MetricSpec', {
  type: string,
  object: struct('ObjectMetricSource', { describedObject: present(reference()), target, metric: identifier }),
  pods: struct('PodsMetricSource', { metric: identifier, target }),
  resource: struct('ResourceMetricSource', { name: string, target }),
  containerResource: struct('ContainerResourceMetricSource', { name: string, target, container: string }),
  external: struct('ExternalMetricSource', { metric: identifier, target }),
});

const SOURCES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const fieldOf = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);

/** Stored and shown; what acts on it is in controllers/horizontalpodautoscaler.ts. */
export const horizontalPodAutoscalers: ResourceDefinition = {
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  generation: false,
  schema: objectSchema('HorizontalPodAutoscaler', {
    spec: struct('HorizontalPodAutoscalerSpec', {
      scaleTargetRef: present(reference()),
      minReplicas: int32,
      maxReplicas: int32,
      metrics: list(metric),
      behavior: struct('HorizontalPodAutoscalerBehavior', { scaleUp: rules, scaleDown: rules }),
    }),
    status: struct('HorizontalPodAutoscalerStatus', {
      observedGeneration: int64,
      lastScaleTime: time,
      currentReplicas: int32,
      desiredReplicas: int32,
      currentMetrics: any,
      conditions: keyedList(
        { type: undefined },
        atomic(
          struct('HorizontalPodAutoscalerCondition', {
            type: string,
            status: string,
            lastTransitionTime: time,
            reason: string,
            message: string,
          }),
        ),
      ),
    }),
  }),
  validateName: dns1123Subdomain,
  // upstream: pkg/apis/autoscaling/v2 SetDefaults_HorizontalPodAutoscaler
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.scaleTargetRef ??= {};
    spec.minReplicas ??= 1;
    spec.maxReplicas ??= 0;
    if (!spec.metrics?.length) {
      const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };
      spec.metrics = [{ type: 'Resource', resource }];
    }
    if (spec.behavior) {
      const percent = { type: 'Percent', value: 100, periodSeconds: 15 };
      const pods = { type: 'Pods', value: 4, periodSeconds: 15 };
      spec.behavior.scaleUp = {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [pods, percent],
        ...spec.behavior.scaleUp,
      };
      spec.behavior.scaleDown = { selectPolicy: 'Max', policies: [percent], ...spec.behavior.scaleDown };
    }
    // an update's status is the stored one, which is complete
    object.status ??= { currentMetrics: null, desiredReplicas: 0 };
  },
  setStatusDefaults(status) {
    status.currentMetrics ??= null;
    status.desiredReplicas ??= 0;
  },
  prepareForCreate(object) {
    object.status = { currentMetrics: null, desiredReplicas: 0 };
  },
  validate: ({ spec }) => validateSpec(spec),
  columns: [
    nameColumn,
    column('Reference'),
    column('Targets'),
    column('MinPods'),
    column('MaxPods', { type: 'integer' }),
    column('Replicas', { type: 'integer' }),
    column('Age'),
  ],
  row: (hpa, now) => [
    hpa.metadata.name,
    `${hpa.spec.scaleTargetRef.kind}/${hpa.spec.scaleTargetRef.name}`,
    targetsOf(hpa.spec.metrics),
    String(hpa.spec.minReplicas),
    hpa.spec.maxReplicas,
    hpa.status?.currentReplicas ?? 0,
    age(hpa, now),
  ],
};

/** Upstream: pkg/apis/autoscaling/validation. */
function validateSpec(spec: Json): FieldError[] {
  const { minReplicas, maxReplicas, scaleTargetRef } = spec;
  const errors: FieldError[] = [];
  if (minReplicas < 1) errors.push(invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1'));
  if (maxReplicas < 1) errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0'));
  if (maxReplicas < minReplicas) {
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
  for (const field of ['kind', 'name']) if (!scaleTargetRef[field]) errors.push(required(`spec.scaleTargetRef.${field}`));
  const metrics: Json[] = spec.metrics;
  return [...errors, ...metrics.flatMap((each, index) => validateMetric(each, `spec.metrics[${index}]`))];
}

function validateMetric(metric: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const type: string = metric.type ?? '';
  if (type === '') errors.push(required(`${path}.type`, 'must specify a metric source type'));
  if (!SOURCES.includes(type)) errors.push(notSupported(`${path}.type`, type, SOURCES));
  const present = SOURCES.map(fieldOf).filter((field) => metric[field]);
  const [first] = present;
  if (first) errors.push(...validateSource(first, metric[first], `${path}.${first}`));
  const expected = fieldOf(type);
  if (!present.includes(expected)) {
    errors.push(required(`${path}.${expected}`, 'must populate information for the given metric source'));
  }
  if (present.length !== 1) {
    for (const field of present.filter((each) => each !== expected)) {
      errors.push(forbidden(`${path}.${field}`, 'must populate the given metric source only'));
    }
  }
  return errors;
}

function validateSource(type: string, source: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { target = {} } = source;
  const ofResource = type === 'resource' || type === 'containerResource';
  if (ofResource && !source.name) errors.push(required(`${path}.name`, 'must specify a resource name'));
  if (type === 'containerResource' && !source.container) errors.push(required(`${path}.container`, 'must specify a container'));
  if (!ofResource && !source.metric?.name) errors.push(required(`${path}.metric.name`, 'must specify a metric name'));
  if (!target.type) errors.push(required(`${path}.target.type`, 'must specify a metric target type'));
  else if (!['Utilization', 'Value', 'AverageValue'].includes(target.type)) {
    errors.push(invalid(`${path}.target.type`, target.type, 'must be either Utilization, Value, or AverageValue'));
  }
  if (target.averageUtilization < 1) {
    errors.push(invalid(`${path}.target.averageUtilization`, target.averageUtilization, 'must be greater than 0'));
  }
  if (!ofResource) return errors;
  if (target.averageUtilization === undefined && target.averageValue === undefined) {
    const detail = 'must set either a target raw value or a target utilization';
    errors.push(required(`${path}.target.averageUtilization`, detail));
  }
  if (target.averageUtilization !== undefined && target.averageValue !== undefined) {
    const detail = 'may not set both a target raw value and a target utilization';
    errors.push(forbidden(`${path}.target.averageValue`, detail));
  }
  return errors;
}

/** There is no metrics-server: what a metric is now is never known. Upstream: pkg/printers/internalversion formatHPAMetrics. */
function targetsOf(metrics: readonly Json[]): string {
  const texts = metrics.map((each) => {
    const type: string = each.type;
    const { target = {}, name } = each[fieldOf(type)] ?? {};
    const value =
      target.averageUtilization !== undefined ? `${target.averageUtilization}%` : (target.averageValue ?? target.value);
    const average = type === 'External' || type === 'Object' ? target.averageValue !== undefined && ' (avg)' : '';
    const label = type === 'Resource' || type === 'ContainerResource' ? `${name}: ` : '';
    return `${label}<unknown>/${value}${average || ''}`;
  });
  if (texts.length === 0) return '<none>';
  return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} + ${texts.length - 2} more...` : texts.join(', ');
}
