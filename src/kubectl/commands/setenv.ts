import { fromBase64 } from '../../cluster/apimachinery/base64';
import { envVarName } from '../../cluster/apimachinery/names';
import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { parseQuantity } from '../printers/quantity';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import { containersOf, podSpecOf, setter } from './setter';

interface EnvChanges {
  set: Json[];
  remove: string[];
}

const isChange = (argument: string) => /^[^]+=/.test(argument) || argument.endsWith('-');

export const setEnv = setter<EnvChanges>({
  name: 'env',
  short: 'Update environment variables on a pod template',
  use: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  verb: 'env updated',
  failure: 'failed to patch env update to pod template: ',
  lacks: ['record'],
  flags: [
    flag('containers', 'string', 'Containers to change; * for any characters.', { short: 'c', default: '*' }),
    flag('env', 'array', 'Variables to set.', { short: 'e' }),
    flag('from', 'string', 'ConfigMap or Secret to take variables from.'),
    flag('keys', 'list', 'Keys to take from it.'),
    flag('list', 'bool', 'Show the variables.'),
    flag('overwrite', 'bool', 'Change what has a value already.', { default: 'true' }),
    flag('prefix', 'string', 'In front of the names of variables.'),
    flag('resolve', 'bool', 'Show what references stand for.'),
  ],
  looks: ({ flags }) => flags.boolean('list'),
  split: (invocation) => {
    const { flags, args } = invocation;
    if (flags.boolean('all') && flags.string('selector') !== '')
      throw new KubectlError('cannot set --all and --selector at the same time');
    const first = args.findIndex(isChange);
    const resources = first < 0 ? args : args.slice(0, first);
    const changes = first < 0 ? [] : args.slice(first);
    if (!changes.every(isChange))
      throw new KubectlError(`all resources must be specified before environment changes: ${args.join(' ')}`);
    if (flags.list('filename').length === 0 && resources.length === 0)
      throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    if (flags.boolean('list') && flags.string('output') !== '')
      throw new KubectlError('--list and --output may not be specified together');
    if (flags.list('keys').length > 0 && flags.string('from') === '')
      throw new KubectlError('when specifying --keys, a configmap or secret must be provided with --from');
    const parsed = parseChanges(invocation, [...flags.list('env'), ...changes]);
    parsed.set.push(...variablesFrom(invocation));
    const prefix = flags.string('prefix');
    return { resources, changes: { ...parsed, set: parsed.set.map((one) => ({ ...one, name: `${prefix}${one.name}` })) } };
  },
  apply: (invocation, object, changes) => {
    const { session, flags } = invocation;
    podSpecOf(object);
    const pattern = flags.string('containers');
    const containers = containersOf(object, pattern);
    if (containers.length === 0)
      session.err(
        `Warning: ${object.kind}/${object.metadata.name} does not have any containers matching ${JSON.stringify(pattern)}\n`,
      );
    for (const container of containers) {
      const present: Json[] = container.env ?? [];
      if (!flags.boolean('overwrite'))
        for (const { name } of changes.set) {
          const known = present.find((variable) => variable.name === name);
          if (known) throw new KubectlError(`'${name}' already has a value (${known.value ?? ''}), and --overwrite is false`);
        }
      const env = updated(present, changes);
      if (env.length > 0) container.env = env;
      else delete container.env;
      if (flags.boolean('list')) list(invocation, object, container);
    }
  },
});

/** An added variable replaces those of its name; a removed one wins over an added one. Upstream: updateEnv. */
function updated(present: readonly Json[], { set, remove }: EnvChanges): Json[] {
  const covered = new Set(remove);
  const result: Json[] = [];
  for (const variable of [...present, ...set]) {
    if (covered.has(variable.name)) continue;
    const newer = set.find(({ name }) => name === variable.name);
    if (newer) covered.add(variable.name);
    result.push(newer ?? variable);
  }
  return result;
}

const variable = (name: string, value: string): Json => ({ name, ...(value && { value }) });

function parseChanges({ session }: Invocation, specs: readonly string[]): EnvChanges {
  const changes: EnvChanges = { set: [], remove: [] };
  for (const spec of specs) {
    const at = spec.indexOf('=');
    if (spec === '-') {
      for (const line of session.environment.stdin.split('\n')) {
        const [text = ''] = line.split('#');
        const equals = text.indexOf('=');
        if (equals >= 0) changes.set.push(variable(text.slice(0, equals), text.slice(equals + 1)));
      }
    } else if (at >= 0) {
      const name = spec.slice(0, at);
      const problems = envVarName(name);
      if (problems.length > 0) throw new KubectlError(`${JSON.stringify(name)} is not a valid key name: ${problems.join(';')}`);
      changes.set.push(variable(name, spec.slice(at + 1)));
    } else if (spec.endsWith('-')) changes.remove.push(spec.slice(0, -1));
    else throw new KubectlError(`unknown environment variable: ${spec}`);
  }
  if (changes.remove.some((name) => specs.some((spec) => spec.startsWith(`${name}=`))))
    throw new KubectlError('can not both modify and remove the same environment variable in the same command');
  return changes;
}

/** Variables that refer to the keys of the object in --from. */
function variablesFrom({ session, flags }: Invocation): Json[] {
  const from = flags.string('from');
  if (from === '') return [];
  const built = buildTargets(session, { flags, args: [from] });
  const found = fetchTargets(session, built, flags);
  throwGathered(built.errors);
  const wanted = flags.list('keys');
  return found.flatMap(({ mapping, name, object }) => {
    const field = { ConfigMap: 'configMapKeyRef', Secret: 'secretKeyRef' }[mapping.kind];
    if (!field) throw new KubectlError('unsupported resource specified in --from');
    return Object.keys((object as Json).data ?? {})
      .filter((key) => wanted.length === 0 || wanted.includes(key))
      .map((key) => {
        const variableName = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
        if (variableName !== key) session.err(`Warning: key ${key} transferred to ${variableName}\n`);
        return { name: variableName, valueFrom: { [field]: { name, key } } };
      });
  });
}

function list(invocation: Invocation, object: Json, container: Json): void {
  const { session, flags } = invocation;
  session.out(`# ${object.kind} ${object.metadata.name}, container ${container.name}\n`);
  const failed = new Map<string, string[]>();
  for (const { name, value = '', valueFrom } of (container.env ?? []) as Json[]) {
    if (!valueFrom) {
      session.out(`${name}=${value}\n`);
      continue;
    }
    if (flags.boolean('resolve')) {
      try {
        session.out(`${name}=${resolved(invocation, object, container, valueFrom)}\n`);
        continue;
      } catch (error) {
        if (!(error instanceof KubectlError || error instanceof StatusError)) throw error;
        failed.set(error.message, [...(failed.get(error.message) ?? []), name]);
      }
    }
    session.out(`# ${name} from ${referenceText(valueFrom)}\n`);
  }
  const texts = [...failed].map(([reason, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${reason}\n`);
  session.err(texts.sort().join(''));
}

function referenceText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: Json): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  const { containerName, resource } = resourceFieldRef;
  return `resource field ${containerName ? `${containerName}/` : ''}${resource}`;
}

/** What a reference stands for. @throws KubectlError StatusError */
function resolved({ session }: Invocation, object: Json, container: Json, valueFrom: Json): string {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference) {
    const mapping = session.discovery.find(configMapKeyRef ? 'configmaps' : 'secrets');
    const text = session.get(pathOf(mapping, session.namespace, reference.name)).data?.[reference.key];
    const kind = configMapKeyRef ? 'config map' : 'secret';
    if (text === undefined) throw new KubectlError(`key ${reference.key} not found in ${kind} ${reference.name}`);
    return configMapKeyRef ? text : fromBase64(text);
  }
  if (resourceFieldRef) return amountOf(container, resourceFieldRef);
  const path: string = fieldRef.fieldPath;
  const [, map, key] = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path) ?? [];
  if (map && key !== undefined) return object.metadata[map]?.[key] ?? '';
  const [, field] = /^metadata\.(name|namespace|uid)$/.exec(path) ?? [];
  if (field) return object.metadata[field] ?? '';
  throw new KubectlError(`unsupported fieldPath: ${path}`);
}

/** A request or limit of the container in units of the divisor, rounded up. @throws KubectlError Upstream: extractContainerResourceValue */
function amountOf(container: Json, { resource, divisor }: Json): string {
  const [, field = '', name = ''] = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/.exec(resource) ?? [];
  if (field === '') throw new KubectlError(`Unsupported container resource : ${resource}`);
  const unit = parseQuantity(String(divisor ?? '1')) || 1;
  const amount = parseQuantity(String(container.resources?.[field]?.[name] ?? '0')) ?? 0;
  const precision = name === 'cpu' ? 1000 : 1;
  const whole = (value: number) => Math.ceil(Number((value * precision).toPrecision(15)));
  return String(Math.ceil(whole(amount) / whole(unit)));
}
