import { duplicate, forbidden, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { deepEqual } from '../../apimachinery/json';
import { dns1123Subdomain, labelValue, qualifiedName } from '../../apimachinery/names';
import type { Json, KubeObject } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, wide, type ResourceDefinition } from '../resource';
import { any, boolean, list, string, struct } from '../schema';
import { age } from '../table';

function statusWord(node: KubeObject): string {
  const ready = (node.status?.conditions ?? []).find((condition: Json) => condition.type === 'Ready');
  const words = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'];
  if (node.spec?.unschedulable) words.push('SchedulingDisabled');
  return words.join(',');
}

function roles(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const names = Object.keys(node.metadata.labels ?? {}).filter((key) => key.startsWith(prefix) && key.length > prefix.length);
  return (
    names
      .map((key) => key.slice(prefix.length))
      .sort()
      .join(',') || '<none>'
  );
}

function address(node: KubeObject, type: string): string {
  return (node.status?.addresses ?? []).find((entry: Json) => entry.type === type)?.address ?? '<none>';
}

const fixed = (what: string, field = what): FieldError =>
  forbidden(`spec.${field}`, `node updates may not change ${what} except from "" to valid`);

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Upstream: validateNodeTaints. */
function validateTaints(taints: readonly Json[]): FieldError[] {
  const seen = new Set<string>();
  return taints.flatMap(({ key = '', value = '', effect = '', timeAdded = null }, index) => {
    const field = `metadata.taints[${index}]`;
    const errors = qualifiedName(key).map((message) => invalid(`${field}.key`, key, message));
    const wrong = labelValue(value);
    if (wrong.length > 0) errors.push(invalid(`${field}.value`, value, wrong.join(';')));
    if (!effect) errors.push(required(`${field}.effect`));
    else if (!EFFECTS.includes(effect)) {
      // in the order upstream has them, not sorted
      const detail = `supported values: ${EFFECTS.map((each) => JSON.stringify(each)).join(', ')}`;
      errors.push({ ...notSupported(`${field}.effect`, effect, EFFECTS), detail });
    }
    const pair = `${key}:${effect}`;
    if (seen.has(pair)) {
      const printed = { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded };
      errors.push({ ...duplicate(field, printed), detail: 'taints must be unique by key and effect pair' });
    }
    seen.add(pair);
    return errors;
  });
}

export const nodes: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  subresources: ['proxy', 'status'],
  generation: false,
  schema: objectSchema('Node', {
    spec: struct('NodeSpec', {
      podCIDR: string,
      podCIDRs: list(string),
      providerID: string,
      unschedulable: boolean,
      taints: any,
      configSource: any,
      externalID: string,
    }),
    status: any,
  }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.spec ??= {};
    object.status ??= {};
    if (object.spec.unschedulable === false) delete object.spec.unschedulable;
    // the older field wins. Upstream: Convert_v1_NodeSpec_To_core_NodeSpec
    const { podCIDR, podCIDRs } = object.spec;
    if (podCIDR && podCIDR !== podCIDRs?.[0]) object.spec.podCIDRs = [podCIDR];
    else if (!podCIDR && podCIDRs?.length) object.spec.podCIDR = podCIDRs[0];
  },
  validate: ({ spec }) => validateTaints(spec.taints ?? []),
  validateUpdate: ({ spec }, { spec: old }) => [
    ...(old.podCIDRs?.length && !deepEqual(old.podCIDRs, spec.podCIDRs ?? []) ? [fixed('podCIDR', 'podCIDRs')] : []),
    ...(old.providerID && old.providerID !== spec.providerID ? [fixed('providerID')] : []),
  ],
  validatesUpdateFirst: true,
  selectableFields: (node) => ({ 'spec.unschedulable': String(node.spec?.unschedulable ?? false) }),
  columns: [
    nameColumn,
    column('Status'),
    column('Roles'),
    column('Age'),
    column('Version'),
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  row: (node, now) => {
    const info = node.status?.nodeInfo ?? {};
    return [
      node.metadata.name,
      statusWord(node),
      roles(node),
      age(node, now),
      info.kubeletVersion ?? '',
      address(node, 'InternalIP'),
      address(node, 'ExternalIP'),
      info.osImage || '<unknown>',
      info.kernelVersion ? `${info.kernelVersion} (${info.architecture})` : '<unknown>',
      info.containerRuntimeVersion || '<unknown>',
    ];
  },
};
