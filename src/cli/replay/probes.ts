import { isNodePort } from './atoms';
import type { Step } from './recording';

/** What a probe showed, comparable: how many connections fared how, and which backend a single or sticky one got, is random. */
export function comparableProbe(step: Pick<Step, 'cmd' | 'sticky'>, stdout: string): string {
  let result: Record<string, unknown>;
  try {
    result = JSON.parse(stdout || '{}') as Record<string, unknown>;
  } catch {
    return stdout;
  }
  result.counts = Object.keys(result.counts ?? {}).sort();
  const words = step.cmd.trim().split(/\s+/);
  if (step.sticky || words.at(-1) === '1' || words[0] === '@hold') {
    result.backends = Array.isArray(result.backends) ? result.backends.length : 0;
    delete result.sources;
  }
  return JSON.stringify(Object.fromEntries(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** conntrack entries without timers and random ports, in any order. */
export function comparableEntries(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line
        .replace(/^(\w+ +\d+) \d+/, '$1')
        .replace(/(sport|dport)=(\d{5})\b/g, (whole, key: string, port: string) => (isNodePort(port) ? whole : `${key}=*`)),
    )
    .sort()
    .join('\n');
}
