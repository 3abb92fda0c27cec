import type { WatchHandle } from '../../cluster/apiserver/rest';
import { KubectlError, StatusError } from '../errors';
import type { FlagValues } from '../flags';
import type { Session } from '../session';
import type { Suspend } from '../types';

/** One container's log to read. */
export interface LogStream {
  path: string;
  query: Record<string, string>;
  /** In front of each line. */
  prefix: string;
}

/** ms between tries to reach a log that is not there yet. */
const RETRY = 1000;

/**
 * Prints several logs as they are written, until all have ended. A log that is not there is asked for again every second.
 * @param patience ms to wait for logs that are not there
 * Upstream: LogsOptions.parallelConsumeRequest, consumeWithRetry. @throws KubectlError when that took too long
 */
export function* followLogs(
  session: Session,
  flags: FlagValues,
  streams: readonly LogStream[],
  patience = flags.duration('pod-running-timeout'),
): Generator<Suspend, void, void> {
  const handles: WatchHandle[] = [];
  const ended = new Set<LogStream>();
  const waiting = new Set(streams);
  const deadline = session.now + patience;
  let due = session.now;
  const open = (stream: LogStream) => {
    const { path, query, prefix } = stream;
    try {
      handles.push(
        session.stream(
          path,
          query,
          (text) => session.out(prefixed(text, prefix)),
          () => ended.add(stream),
        ),
      );
      waiting.delete(stream);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (flags.boolean('ignore-errors')) {
        session.out(`error: ${error.message}\n`);
        waiting.delete(stream);
        ended.add(stream);
      } else session.err(`${error.message}\n`);
    }
  };
  try {
    while (ended.size < streams.length) {
      if (waiting.size > 0 && session.now >= due) {
        if (session.now >= deadline) throw new KubectlError('context deadline exceeded');
        for (const stream of [...waiting]) open(stream);
        due += RETRY;
        continue;
      }
      yield waiting.size > 0 ? { until: Math.min(due, deadline), change: true } : {};
    }
  } finally {
    for (const { stop } of handles) stop();
  }
}

/** Text of whole lines with something in front of each. */
export function prefixed(text: string, prefix: string): string {
  return prefix === '' ? text : text.replace(/^(?=[^])/gm, (_, offset: number) => (offset < text.length ? prefix : ''));
}
