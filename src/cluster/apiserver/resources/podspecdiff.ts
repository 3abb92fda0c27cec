import { unifiedDifference } from '../../apimachinery/difflib';
import { goStruct, type GoField } from '../../apimachinery/gotypes';
import type { Json } from '../../apimachinery/object';

// The server holds pods in structs of its own. They have the fields of k8s.io/api/core/v1, some of them elsewhere:
// a field of this list comes before the one behind the colon; without a colon it is not there.
const MOVED: Record<string, string> = {
  PodSpec:
    'serviceAccount hostNetwork hostPID hostIPC shareProcessNamespace hostUsers setHostnameAsFQDN:affinity ' +
    'preemptionPolicy:dnsConfig runtimeClassName:enableServiceLinks overhead:enableServiceLinks',
  PodSecurityContext: 'fsGroupChangePolicy:sysctls',
  VolumeSource: 'quobyte:flexVolume',
};
const IN_SECURITY_CONTEXT = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];
const ZERO: Record<string, Json> = { '': '', b: false, i: 0, l: 0, q: '0', I: 0, M: null, R: null };

/** What an update would change in a pod's spec, as the server tells it. Upstream: k8s.io/apimachinery/pkg/util/diff Diff of core.PodSpec. */
export function podSpecDifference(old: Json, now: Json): string {
  return unifiedDifference(linesOf(old), linesOf(now));
}

function linesOf(spec: Json): string[] {
  const escaped = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(structOf('PodSpec', spec), null, 1)
    .replace(/[<>&\u2028\u2029]/g, escaped)
    .split('\n');
}

/** A value of k8s.io/api/core/v1 as the server holds it, with the names of its own structs. @param name of the type, e.g. `SecurityContext` */
export function structOf(name: string, value: Json): Json {
  // the one kind of struct here that has names of its own in JSON
  return name === 'LabelSelector' ? value : Object.fromEntries(entriesOf(name, value));
}

function entriesOf(name: string, value: Json): [string, Json][] {
  return fieldsOf(name).flatMap((field): [string, Json][] => {
    if (!field.json) return entriesOf(field.type, value);
    const form = formOf(field, value[field.json]);
    return [[field.go, name === 'PodSpec' && field.json === 'securityContext' ? { ...hostFields(value), ...form } : form]];
  });
}

function hostFields(spec: Json): Json {
  const fields = new Map(goStruct('PodSpec')!.fields.map((field) => [field.json, field]));
  return Object.fromEntries(IN_SECURITY_CONTEXT.map((name) => [fields.get(name)!.go, formOf(fields.get(name)!, spec[name])]));
}

function fieldsOf(name: string): GoField[] {
  const fields = [...goStruct(name)!.fields];
  const placeOf = (json?: string) => fields.findIndex((field) => field.json === json);
  for (const move of MOVED[name]?.split(' ') ?? []) {
    const [moved, before] = move.split(':');
    const [field] = fields.splice(placeOf(moved), 1);
    if (before) fields.splice(placeOf(before), 0, field!);
  }
  return fields;
}

function formOf({ type, pointer, list }: GoField, value: Json): Json {
  const isStruct = !(type in ZERO) && !/^[=~]/.test(type);
  if (list) return value?.map((item: Json) => (isStruct ? structOf(type, item) : item)) ?? null;
  if (value === undefined || value === null) {
    if (pointer) return null;
    return isStruct ? structOf(type, {}) : type in ZERO ? ZERO[type]! : '';
  }
  if (type === 'M' || type === 'R') return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return isStruct ? structOf(type, value) : value;
}
