import { rfc3339, rfc3339Micro } from '../../apimachinery/time';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Times as programs write them into their logs, in UTC. All take ms since the epoch.

/** `2026/11/22 09:00:05`: Go's log package, nginx's error log. */
export function slashTime(time: number): string {
  return rfc3339(time).replaceAll('-', '/').replace('T', ' ').replace('Z', '');
}

/** `22/Nov/2026:09:00:05 +0000`: the common log format. */
export function accessTime(time: number): string {
  const [date = '', clock = ''] = rfc3339(time).replace('Z', '').split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
}

/** `I1122 09:00:05.123000       1 log.go:245] `: klog's header of a message of the process 1. */
export function klogHeader(time: number, place: string): string {
  const text = rfc3339Micro(time);
  return `I${text.slice(5, 7)}${text.slice(8, 10)} ${text.slice(11, 26)}       1 ${place}] `;
}
