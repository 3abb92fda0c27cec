import { forbidden, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import type { Json } from '../../apimachinery/object';
import { fromLabelSelector, matchesSelector } from '../../apimachinery/selector';
import { goSchema } from '../goschema';
import { validateLabels } from '../metadata';
import { present } from '../schema';
import { validateRequirement, validateSelector } from './labelselector';
import { setPodSpecDefaults, validatePodSpec } from './podspec';

// What Deployments and ReplicaSets share.

/** Pods of one workload. A page that makes many more of them at once would freeze, and freeze again whenever it is opened. */
const MOST_REPLICAS = 1000;

export const labelSelectorSchema = goSchema('LabelSelector');

export const podTemplateSchema = present(goSchema('PodTemplateSpec'));

export function setTemplateDefaults(spec: Json): void {
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.spec ??= {};
  setPodSpecDefaults(spec.template.spec);
}

/**
 * What Deployments and ReplicaSets have to be like.
 * Upstream: pkg/apis/apps/validation ValidateDeploymentSpec, ValidatePodTemplateSpecForReplicaSet.
 */
export function validateTemplate(spec: Json): FieldError[] {
  const { selector, template } = spec;
  const labels = template.metadata?.labels;
  const errors = notNegative(spec, 'replicas');
  if (spec.replicas > MOST_REPLICAS)
    errors.push(invalid('spec.replicas', spec.replicas, `this simulator runs up to ${MOST_REPLICAS} pods of a workload`));
  const printed = withoutEmpty(selector);
  const empty = selector && Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
  if (!selector) errors.push(required('spec.selector'));
  else errors.push(...validateSelector(selector, 'spec.selector'));
  if (empty) errors.push(invalid('spec.selector', printed, 'empty selector is invalid for deployment'));
  const unreadable = selector?.matchExpressions?.some((each: Json) => validateRequirement(each, '').length > 0);
  if (unreadable) return [...errors, invalid('spec.selector', printed, 'invalid label selector')];
  if (!selector || (!empty && !matchesSelector(fromLabelSelector(selector), labels)))
    errors.push(invalid('spec.template.metadata.labels', labels ?? null, '`selector` does not match template `labels`'));
  errors.push(...validateLabels(labels, 'spec.template.labels'), ...validatePodSpec(template.spec, 'spec.template.spec'));
  const { restartPolicy, activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== 'Always') errors.push(notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']));
  if (activeDeadlineSeconds !== undefined) {
    const why = 'activeDeadlineSeconds in ReplicaSet is not Supported';
    errors.push(forbidden('spec.template.spec.activeDeadlineSeconds', why));
  }
  return errors;
}

/** A LabelSelector as Go writes it: what is empty is left out. */
function withoutEmpty(selector: Json): Json {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const requirement = ({ key = '', operator = '', values }: Json): Json => ({ key, operator, ...(values?.length && { values }) });
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions: matchExpressions.map(requirement) }),
  };
}

/** A number of a spec that must not be negative. Upstream: ValidateNonnegativeField. */
export function notNegative(spec: Json, field: string): FieldError[] {
  return spec[field] < 0 ? [invalid(`spec.${field}`, spec[field], 'must be greater than or equal to 0')] : [];
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
