import type { Json } from '../../cluster/apimachinery/object';
import { parseTime } from '../../cluster/apimachinery/time';
import { LAST_APPLIED } from '../writing';
import type { DescribeWriter } from './writer';

const MAX_ANNOTATION = 140;

/** `Labels:` and its values, one a line. */
export function writeLabels(writer: DescribeWriter, title: string, labels: Json): void {
  const keys = Object.keys(labels ?? {}).sort();
  if (keys.length === 0) return writer.line(0, `${title}:\t<none>`);
  keys.forEach((key, index) => writer.line(0, `${index === 0 ? `${title}:` : ''}\t${key}=${labels[key]}`));
}

/** `Annotations:`; long values on lines of their own, what apply saved not at all. */
export function writeAnnotations(writer: DescribeWriter, title: string, annotations: Json): void {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== LAST_APPLIED)
    .sort();
  if (keys.length === 0) return writer.line(0, `${title}:\t<none>`);
  keys.forEach((key, index) => {
    const lead = index === 0 ? `${title}:\t` : '\t';
    const value = String(annotations[key]).replace(/\n$/, '');
    if (value.length + key.length + 2 <= MAX_ANNOTATION && !value.includes('\n'))
      return writer.line(0, `${lead}${key}: ${value}`);
    writer.line(0, `${lead}${key}:`);
    for (const line of value.split('\n')) writer.line(0, `\t  ${shorten(line, MAX_ANNOTATION - 2)}`);
  });
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

/** A time as `Sun, 22 Nov 2026 08:18:53 +0000`; `<unset>` without one. */
export function longTime(time: string | undefined | null): string {
  if (!time) return '<unset>';
  const date = new Date(parseTime(time));
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clock} +0000`;
}

/** `Deployment/test` of the owner that controls an object. */
export function controller(object: Json): string | undefined {
  const owner = (object.metadata.ownerReferences ?? []).find((reference: Json) => reference.controller);
  return owner ? `${owner.kind}/${owner.name}` : undefined;
}
