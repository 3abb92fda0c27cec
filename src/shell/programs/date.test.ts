import { expect, it } from 'vitest';
import type { ProgramContext } from '../program';
import { date } from './date';

function run(...args: string[]): string {
  let printed = '';
  const print = (text: string) => void (printed += text);
  const shell = { world: { now: () => Date.UTC(2026, 10, 2, 9, 5, 7, 40) } };
  const program = date({ args, shell, stdout: print, stderr: print } as unknown as ProgramContext);
  expect(program.next()).toMatchObject({ done: true });
  return printed;
}

it("prints the cluster's time, not the browser's", () => {
  expect(run()).toBe('Mon Nov  2 09:05:07 UTC 2026\n');
  expect(run('-u', '+%FT%TZ %s.%N %j %q')).toBe('2026-11-02T09:05:07Z 1793610307.040000000 306 %q\n');
  expect(run('-Iseconds')).toBe('2026-11-02T09:05:07+00:00\n');
  expect(run('-d', '@0', '-R')).toBe('Thu, 01 Jan 1970 00:00:00 +0000\n');
});

it('says what it does not do', () => {
  expect(run('-d', 'next week')).toBe("date: this simulator does not read the date 'next week', only @SECONDS\n");
  expect(run('-s', 'now')).toBe("date: this simulator does not know '-s'\n");
});
