import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import type { Json } from '../../apimachinery/object';
import { fromLabelSelector, matchesSelector } from '../../apimachinery/selector';
import { objectMeta, validateLabels } from '../metadata';
import { atomic, list, present, string, stringMap, struct } from '../schema';
import { podSpecSchema, setPodSpecDefaults, validatePodSpec } from './podspec';

// What Deployments and ReplicaSets share.

export const labelSelectorSchema = atomic(
  struct('LabelSelector', {
    matchLabels: stringMap,
    matchExpressions: list(struct('LabelSelectorRequirement', { key: string, operator: string, values: list(string) })),
  }),
);

export const podTemplateSchema = present(
  struct('PodTemplateSpec', { metadata: present(objectMeta), spec: present(podSpecSchema) }),
);

export function setTemplateDefaults(spec: Json): void {
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.spec ??= {};
  setPodSpecDefaults(spec.template.spec);
}

/** Upstream: pkg/apis/apps/validation ValidatePodTemplateSpecForReplicaSet. */
export function validateTemplate(spec: Json): FieldError[] {
  const errors: FieldError[] = [];
  const labels = spec.template.metadata?.labels ?? {};
  const selector = spec.selector;
  const empty = !selector || Object.keys({ ...selector.matchLabels, ...selector.matchExpressions }).length === 0;
  if (!selector) errors.push(required('spec.selector'));
  else if (empty) errors.push(invalid('spec.selector', selector, 'empty selector is invalid for deployment'));
  if (typeof spec.replicas === 'number' && spec.replicas < 0) {
    errors.push(invalid('spec.replicas', spec.replicas, 'must be greater than or equal to 0'));
  }
  if (!selector || (!empty && !matchesSelector(fromLabelSelector(selector), labels))) {
    errors.push(invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  }
  return [
    ...errors,
    ...validateLabels(labels, 'spec.template.labels'),
    ...validatePodSpec(spec.template.spec, 'spec.template.spec'),
  ];
}

/** CONTAINERS, IMAGES and SELECTOR cells of a workload's row. */
export function workloadCells(spec: Json): [string, string] {
  const containers: Json[] = spec.template?.spec?.containers ?? [];
  return [containers.map((item) => item.name).join(','), containers.map((item) => item.image).join(',')];
}

/** A LabelSelector as printers write it: `a=b,c in (d,e)`; `<none>` when empty. Upstream: metav1.FormatLabelSelector. */
export function formatSelector(selector: Json): string {
  const parts = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  for (const { key, operator, values } of selector?.matchExpressions ?? []) {
    const set = `(${[...(values ?? [])].sort().join(',')})`;
    parts.push(
      operator === 'In'
        ? `${key} in ${set}`
        : operator === 'NotIn'
          ? `${key} notin ${set}`
          : operator === 'Exists'
            ? key
            : `!${key}`,
    );
  }
  return parts.sort().join(',') || '<none>';
}
