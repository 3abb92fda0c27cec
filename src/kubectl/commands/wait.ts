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
import { JsonPath, JsonPathError, relaxed } from '../printers/jsonpath';
import { buildTargets, fetchTargets, type Target, type Targets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { Reporter } from '../writing';

/** Whether an object is as it is waited for. Undefined: it is gone. */
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
    const forms = flags.list('for');
    if (forms.length === 0) throw new KubectlError('unrecognized condition: []');
    const [form = ''] = forms;
    const condition = parseCondition(form);
    const timeout = flags.duration('timeout');
    const until = session.now + (timeout < 0 ? 7 * 24 * 3_600_000 : timeout);
    const built = buildTargets(session, { flags, args });
    const targets = yield* findTargets(invocation, built, form.toLowerCase(), until);
    if (targets.length === 0 && built.errors.length === 0) {
      if (form.toLowerCase() === 'delete') return;
      throw new KubectlError('no matching resources found');
    }
    const reporter = new Reporter(invocation, 'none');
    for (const target of targets) {
      const error = yield* waitFor(invocation, target, condition, until, reporter);
      if (error) built.errors.push(error);
    }
    if (built.errors.length > 1)
      throw new KubectlError(built.errors.map((error) => `${error.message}\n`).join(''), { verbatim: true });
    throwGathered(built.errors);
  },
};

function* findTargets(invocation: Invocation, built: Targets, form: string, until: number): Generator<Suspend, Target[], void> {
  const { session, flags } = invocation;
  if (form === 'create') {
    const names = built.targets.filter((target) => target.name !== undefined);
    for (const { mapping, namespace, name } of names) {
      while (session.environment.api.handle({ method: 'GET', path: pathOf(mapping, namespace, name) }).status === 404) {
        if (session.now >= until) throw new KubectlError(`timed out waiting for the condition on ${mapping.resource}/${name}`);
        yield { until, change: true };
      }
    }
  }
  const found = fetchTargets(session, built, flags);
  if (form === 'delete')
    built.errors = built.errors.filter((error) => !(error instanceof StatusError && error.reason === 'NotFound'));
  return found;
}

function* waitFor(
  { session }: Invocation,
  target: Target,
  condition: Condition,
  until: number,
  reporter: Reporter,
): Generator<Suspend, Error | undefined, void> {
  const { mapping, namespace, name } = target;
  const uid = target.object?.metadata.uid;
  for (;;) {
    const response = session.environment.api.handle({ method: 'GET', path: pathOf(mapping, namespace, name) });
    const object: Json = response.status === 200 && response.body.metadata.uid === uid ? response.body : undefined;
    if (condition(object)) {
      reporter.report(object ?? target.object, 'condition met');
      return undefined;
    }
    if (session.now >= until) return new KubectlError(`timed out waiting for the condition on ${mapping.resource}/${name}`);
    yield { until, change: true };
  }
}

function parseCondition(form: string): Condition {
  const lower = form.toLowerCase();
  if (lower === 'delete') return (object) => object === undefined;
  if (lower === 'create') return (object) => object !== undefined;
  if (lower.startsWith('condition=')) {
    const [name = '', value = 'true'] = form.slice('condition='.length).split('=');
    return (object) =>
      (object?.status?.conditions ?? []).some(
        (condition: Json) =>
          condition.type.toLowerCase() === name.toLowerCase() && condition.status.toLowerCase() === value.toLowerCase(),
      );
  }
  if (lower.startsWith('jsonpath=')) return jsonPathCondition(form.slice('jsonpath='.length));
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(form)}`);
}

function jsonPathCondition(text: string): Condition {
  const match = /^('?)(\{.*\}|[^=]*)\1(?:=(.*))?$/s.exec(text);
  const value = match?.[3]?.replace(/^(['"])(.*)\1$/, '$2');
  if (!match || (text.includes('=') && !text.includes('?(') && value === '')) {
    throw new KubectlError('jsonpath wait has to have a value after equal sign');
  }
  let path: JsonPath;
  try {
    path = new JsonPath(relaxedFilter(match[2] as string), { allowMissing: true });
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
  return (object) => {
    if (!object) return false;
    let values: Json[];
    try {
      values = path.results(object).flat();
    } catch (error) {
      if (error instanceof JsonPathError) return false;
      throw error;
    }
    if (values.length === 0) return false;
    return value === undefined || values.some((found) => String(found) === value);
  };
}

const relaxedFilter = (path: string) => (path.includes('?(') ? path : relaxed(path));
