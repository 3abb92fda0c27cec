import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import {
  allFlag,
  allNamespacesFlag,
  fieldSelectorFlag,
  filenameFlag,
  localFlag,
  outputFlags,
  recursiveFlag,
  selectorFlag,
} from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { goValue } from '../printers/govalue';
import { JsonPath, JsonPathError, relaxed } from '../printers/jsonpath';
import { buildTargets, fetchTargets, type Target, type Targets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { Reporter } from '../writing';

/** Whether an object is as it is waited for. Undefined: it is gone. @throws KubectlError where that cannot be told */
type Condition = (object: Json | undefined) => boolean;

export const wait: Command = {
  name: 'wait',
  interruptExit: 1,
  short: 'Wait for a specific condition on one or many resources',
  use: "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  examples: ['kubectl wait --for=condition=Ready pod/web-0', 'kubectl wait --for=delete svc/test --timeout=30s'],
  flags: [
    filenameFlag,
    { ...recursiveFlag, default: 'true' },
    ...outputFlags,
    selectorFlag,
    fieldSelectorFlag,
    allNamespacesFlag,
    allFlag,
    localFlag,
    flag('for', 'array', 'create, delete, condition=NAME[=VALUE], jsonpath={PATH}[=VALUE].'),
    flag('timeout', 'duration', 'How long to wait. 0: look once; below 0: a week.', { default: '30s' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const reporter = new Reporter(invocation, 'none');
    const forms = flags.list('for');
    const conditions = forms.map(parseCondition);
    if (forms.length === 0) throw new KubectlError('unrecognized condition: []');
    const given = flags.duration('timeout');
    const timeout = given < 0 ? 7 * 24 * 3_600_000 : given;
    const until = session.now + timeout;
    const built = buildTargets(session, { flags, args });
    const waitsFor = (form: string) => forms.some((one) => one.toLowerCase() === form);
    if (waitsFor('create')) yield* untilCreated(invocation, built, until);
    const targets = fetchTargets(session, built, flags);
    if (waitsFor('delete')) built.errors = built.errors.filter((error) => !isNotFound(error));
    if (targets.length === 0 && built.errors.length === 0 && !waitsFor('delete'))
      throw new KubectlError('no matching resources found');
    for (const target of targets) {
      for (const condition of conditions) {
        const error = yield* waitFor(invocation, target, condition, timeout === 0 ? undefined : until, reporter);
        if (!error) continue;
        built.errors.push(error);
        break;
      }
    }
    throwGathered(built.errors);
  },
};

const isNotFound = (error: unknown) => error instanceof StatusError && error.reason === 'NotFound';

/** Looks twice a second whether what is named is there. */
function* untilCreated({ session, flags }: Invocation, built: Targets, until: number): Generator<Suspend, void, void> {
  for (;;) {
    const attempt: Targets = { ...built, errors: [] };
    const found = fetchTargets(session, attempt, flags);
    const other = attempt.errors.find((error) => !isNotFound(error));
    if (other) throw other;
    if (found.length > 0 && attempt.errors.length === 0) return;
    if (session.now >= until) throw new KubectlError('timed out waiting for the condition');
    yield { until: Math.min(until, session.now + 500) };
  }
}

function* waitFor(
  { session }: Invocation,
  target: Target,
  condition: Condition,
  until: number | undefined,
  reporter: Reporter,
): Generator<Suspend, Error | undefined, void> {
  const { mapping, namespace, name } = target;
  if (name === '') return new KubectlError('resource name must be provided');
  const uid = target.object?.metadata.uid;
  const timedOut = () => new KubectlError(`timed out waiting for the condition on ${mapping.resource}/${name}`);
  // one time for all of them
  if (until !== undefined && session.now >= until) return timedOut();
  for (;;) {
    const response = session.environment.api.handle({ method: 'GET', path: pathOf(mapping, namespace, name) });
    const object: Json = response.status === 200 && response.body.metadata.uid === uid ? response.body : undefined;
    try {
      if (condition(object)) {
        reporter.report(object ?? target.object, 'condition met');
        return undefined;
      }
    } catch (error) {
      if (error instanceof KubectlError) return error;
      throw error;
    }
    if (until === undefined) return new KubectlError(`condition not met for ${mapping.resource}/${name}`);
    if (session.now >= until) return timedOut();
    yield { until, change: true };
  }
}

function parseCondition(form: string): Condition {
  const lower = form.toLowerCase();
  if (lower === 'delete') return (object) => object === undefined;
  if (lower === 'create') return (object) => object !== undefined;
  const [, how, rest = ''] = /^(condition|jsonpath)=(.*)$/s.exec(form) ?? [];
  if (how === 'condition') {
    const [name = '', value = 'true'] = rest.split(/=(.*)/s);
    return (object) => conditionMet(object, name.toLowerCase(), value.toLowerCase());
  }
  if (how === 'jsonpath') return jsonPathCondition(rest);
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(form)}`);
}

/** The first condition of that name decides, unless it is about an older generation. */
function conditionMet(object: Json | undefined, name: string, value: string): boolean {
  const conditions: Json[] = object?.status?.conditions ?? [];
  const condition = conditions.find(({ type }) => String(type).toLowerCase() === name);
  if (!condition) return false;
  const observed = condition.observedGeneration ?? object?.status?.observedGeneration;
  if (observed !== undefined && observed < (object?.metadata?.generation ?? 0)) return false;
  return String(condition.status).toLowerCase() === value;
}

function jsonPathCondition(text: string): Condition {
  // `==` is part of a filter, `=` stands in front of the value
  const parts = text
    .replaceAll('==', '\u0000')
    .split('=')
    .map((part) => part.replaceAll('\u0000', '=='));
  const example = "--for=jsonpath='{.status.readyReplicas}'";
  if (parts.length > 2) throw new KubectlError(`jsonpath wait format must be ${example}=3 or ${example}`);
  const [source = '', wanted] = parts;
  return read(() => {
    const template = relaxed(source);
    const value = wanted?.replace(/^['"]+|['"]+$/g, '');
    if (value === '') throw new KubectlError(`jsonpath wait has to have a value after equal sign, like ${example}=3`);
    if (template === '') throw new KubectlError('jsonpath expression cannot be empty');
    const path = new JsonPath(template, { allowMissing: true });
    return (object) => read(() => object !== undefined && valueMet(path.results(object), value));
  });
}

function valueMet(results: readonly Json[][], wanted: string | undefined): boolean {
  const [first] = results;
  if (!first?.length) return false;
  if (results.length > 1) throw new KubectlError('given jsonpath expression matches more than one list');
  if (first.length > 1) throw new KubectlError('given jsonpath expression matches more than one value');
  if (wanted === undefined) return true;
  if (typeof first[0] === 'object' && first[0] !== null)
    throw new KubectlError('jsonpath leads to a nested object or list which is not supported');
  return goValue(first[0]).trim() === wanted.trim();
}

/** @throws KubectlError instead of the path's own error */
function read<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
}
