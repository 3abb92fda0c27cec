import type { Json } from '../../cluster/apimachinery/object';
import { parseTime } from '../../cluster/apimachinery/time';
import { age } from '../printers/agetable';
import type { DescribeWriter } from './writer';

/** The `Events:` part. */
export function writeEvents(writer: DescribeWriter, events: readonly Json[], now: number): void {
  if (events.length === 0) return writer.line(0, 'Events:\t<none>');
  writer.flush();
  writer.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage');
  writer.line(1, '----\t------\t----\t----\t-------');
  for (const event of sortEvents(events)) {
    const from = event.source?.component || event.reportingComponent || event.reportingController || '';
    const path = event.involvedObject?.fieldPath;
    const message = String(event.message ?? '').trim();
    writer.line(1, `${event.type}\t${event.reason}\t${interval(event, now)}\t${from}\t${path ? `${path}: ` : ''}${message}`);
  }
}

/** When an event was last seen and, if repeated, how often. */
export function interval(event: Json, now: number): string {
  const first = age(event.eventTime || event.firstTimestamp, now);
  if (event.series) return `${age(event.series.lastObservedTime, now)} (x${event.series.count} over ${first})`;
  if (event.count > 1) return `${age(event.lastTimestamp, now)} (x${event.count} over ${first})`;
  return first;
}

function sortEvents(events: readonly Json[]): Json[] {
  const time = (event: Json) => (event.lastTimestamp ? parseTime(event.lastTimestamp) : 0);
  return [...events].sort((a, b) => time(a) - time(b));
}
