import { dns1123Subdomain } from '../../apimachinery/names';
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
  },
  validate: () => [],
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
