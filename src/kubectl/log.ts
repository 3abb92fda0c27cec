/**
 * A line of kubectl's own log. Upstream: klog.
 * @param severity I, W, E or F
 * @param now virtual time, ms
 * @param text with its source in front: `file.go:1] message`
 */
export function logLine(severity: string, now: number, text: string): string {
  const [, month, day, time] = /^\d+-(\d+)-(\d+)T([\d:.]+)Z/.exec(new Date(now).toISOString()) ?? [];
  return `${severity}${month}${day} ${time}000    1000 ${text}\n`;
}
