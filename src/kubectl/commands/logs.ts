import { timeFault } from '../../cluster/apimachinery/gotime';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, usageError } from '../errors';
import { flag, type FlagValues } from '../flags';
import { listError, readObject, splitPair } from '../resourcebuilder';
import type { Session } from '../session';
import type { Suspend } from '../types';
import { followLogs, type LogStream, prefixed } from './followlogs';
import { annotatedContainer, bestLoggedFirst, checkContainer, defaultContainer, podsOf } from './podtarget';

const ignored = { support: 'ignored' } as const;

export const logs: Command = {
  name: 'logs',
  short: 'Print the logs for a container in a pod',
  use: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  flags: [
    selectorFlag,
    flag('all-containers', 'bool', 'Of all containers.'),
    flag('all-pods', 'bool', 'Of all pods.'),
    flag('container', 'string', 'Container name.', { short: 'c' }),
    flag('follow', 'bool', 'Wait for more.', { short: 'f' }),
    flag('ignore-errors', 'bool', 'Go on after errors.'),
    flag('insecure-skip-tls-verify-backend', 'bool', 'Do not check the kubelet.', ignored),
    flag('limit-bytes', 'int', 'At most so many bytes.'),
    flag('max-log-requests', 'int', 'At most so many at once.', { default: '5' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '20s', ...ignored }),
    flag('prefix', 'bool', 'Source in front of each line.'),
    flag('previous', 'bool', 'Of the container before.', { short: 'p' }),
    flag('since', 'duration', 'Only newer ones.', { default: '0s' }),
    flag('since-time', 'string', 'Only newer ones.'),
    flag('tail', 'int', 'Only the last lines.', { default: '-1' }),
    flag('timestamps', 'bool', 'Time in front of each line.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags } = invocation;
    const target = targetOf(invocation);
    const query = queryOf(flags);
    const pods = findPods(session, flags, target);
    validate(invocation, query);
    const requests = pods.flatMap((pod) => sources(session, flags, pod, query.container ?? ''));
    if (flags.boolean('follow') && requests.length > flags.number('max-log-requests') && requests.length > 1) {
      throw new KubectlError(
        `you are attempting to follow ${requests.length} log streams, but maximum allowed concurrency is ${flags.number('max-log-requests')}, use --max-log-requests to increase the limit`,
      );
    }
    const streams = requests.map(({ pod, container }): LogStream => {
      const { namespace, name } = pod.metadata;
      const hasPrefix = flags.boolean('prefix') || flags.boolean('all-pods');
      const prefix = hasPrefix ? `[pod/${name}/${container}] ` : '';
      return { path: `/api/v1/namespaces/${namespace}/pods/${name}/log`, query: { ...query, container }, prefix };
    });
    if (flags.boolean('follow')) yield* followLogs(session, flags, streams);
    else for (const stream of streams) printLog(session, flags, stream);
  },
};

/** Upstream: LogsOptions.consumeWithRetry, without --follow. @throws StatusError */
function printLog(session: Session, flags: FlagValues, { path, query, prefix }: LogStream): void {
  try {
    const log: unknown = session.get(path, query);
    if (typeof log === 'string') session.out(prefixed(log, prefix));
  } catch (error) {
    if (!(error instanceof StatusError) || !flags.boolean('ignore-errors')) throw error;
    session.out(`error: ${error.message}\n`);
  }
}

/** POD, TYPE/NAME, or undefined with a selector. */
function targetOf({ flags, args, path }: Invocation): string | undefined {
  const selector = flags.string('selector');
  const form =
    "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
  if (args.length > 2 || (args.length === 0 && selector === '')) throw usageError(path, form);
  if (args.length === 1 && selector !== '') throw usageError(path, 'only a selector (-l) or a POD name is allowed');
  if (flags.duration('pod-running-timeout') <= 0) throw new KubectlError('--pod-running-timeout must be higher than zero');
  return args[0];
}

/** Query parameters of the request. Upstream: LogsOptions.ToLogOptions. */
function queryOf(flags: FlagValues): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of ['follow', 'previous', 'timestamps']) if (flags.boolean(name)) query[name] = 'true';
  const since = flags.string('since-time');
  if (since) query.sinceTime = rfc3339(since);
  if (flags.number('limit-bytes') !== 0) query.limitBytes = String(flags.number('limit-bytes'));
  const seconds = Math.round(flags.duration('since') / 1000);
  if (flags.duration('since') !== 0) query.sinceSeconds = String(seconds);
  if (flags.string('selector') && !flags.has('tail')) query.tailLines = '10';
  else if (flags.number('tail') !== -1) query.tailLines = String(flags.number('tail'));
  return query;
}

function rfc3339(text: string): string {
  const fault = timeFault(text);
  if (fault !== undefined) throw new KubectlError(fault);
  return text;
}

/** What is named, or what a selector finds. */
function findPods(session: Session, flags: FlagValues, target: string | undefined): Json[] {
  const pods = session.discovery.find('pods');
  if (target === undefined) {
    const query = { labelSelector: flags.string('selector') };
    let found: Json[];
    try {
      found = session.get(pathOf(pods, session.namespace), query).items ?? [];
    } catch (error) {
      throw listError(error, pods, query);
    }
    if (found.length === 0) session.err(`No resources found in ${session.namespace} namespace.\n`);
    return found;
  }
  const [type, name] = target.includes('/') ? splitPair(target) : ['pods', target];
  const mapping = session.find(type);
  let object: Json;
  try {
    object = readObject(session, { mapping, namespace: session.namespace, name });
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== 'NotFound') throw error;
    throw new KubectlError(`error from server (NotFound): ${error.message} in namespace "${session.namespace}"`);
  }
  if (mapping === pods) return [object];
  const found = podsOf(session, mapping, object, 'get the logs from', bestLoggedFirst);
  if (flags.boolean('all-pods') || found.length === 1) return found;
  session.err(`Found ${found.length} pods, using pod/${found[0].metadata.name}\n`);
  return found.slice(0, 1);
}

/** Upstream: LogsOptions.Validate. @throws KubectlError */
function validate({ flags, args }: Invocation, query: Record<string, string>): void {
  const refuse = (wrong: boolean, message: string) => {
    if (wrong) throw new KubectlError(message);
  };
  const container = args[1] ?? flags.string('container');
  if (container) query.container = container;
  refuse(
    flags.string('since-time') !== '' && flags.duration('since') !== 0,
    'at most one of `sinceTime` or `sinceSeconds` may be specified',
  );
  refuse(
    flags.boolean('all-containers') && container !== '',
    `--all-containers=true should not be specified with container name ${container}`,
  );
  refuse(flags.has('container') && args.length === 2, 'only one of -c or an inline [CONTAINER] arg is allowed');
  refuse(flags.number('limit-bytes') < 0, '--limit-bytes must be greater than 0');
  refuse(Number(query.sinceSeconds ?? 0) < 0, '--since must be greater than 0');
  refuse(Number(query.tailLines ?? 0) < -1, '--tail must be greater than or equal to -1');
}

/** Which containers to ask. Upstream: polymorphichelpers.logsForObject. */
function sources(session: Session, flags: FlagValues, pod: Json, wanted: string): { pod: Json; container: string }[] {
  if (flags.boolean('all-containers')) {
    const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
    return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => ({ pod, container: name }));
  }
  if (wanted) return [{ pod, container: checkContainer(pod, wanted) }];
  const annotated = annotatedContainer(pod);
  if (annotated) {
    try {
      return [{ pod, container: checkContainer(pod, annotated) }];
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      session.err(`Default container name "${annotated}" not found in pod ${pod.metadata.name}\n`);
    }
  }
  return [{ pod, container: defaultContainer(session, pod, flags.boolean('all-pods')) }];
}
