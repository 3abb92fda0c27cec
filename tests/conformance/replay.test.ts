import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/cli/replay/compare';
import type { Recording } from '../../src/cli/replay/recording';
import { replay } from '../../src/cli/replay/replay';

const folder = new URL('../fixtures/recorded/', import.meta.url);

/** What must replay without a failure: the seeds, kube-proxy's rules and flows in both modes. */
const whole = ['01', '02', '03', '04', '30', '34', '37', '39', '41', '60a', '61a', '63a', '66', '69d', '6r05', '6r07'];

const read = (number: string): [name: string, recording: Recording] => {
  const name = readdirSync(folder).find((file) => file.startsWith(`${number}-`));
  if (name === undefined) throw new Error(`no recording ${number}`);
  return [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording];
};

async function failures(recording: Recording) {
  const actual = await replay(recording);
  const { passed, failures } = compare(recording, actual);
  expect(passed).toBeGreaterThan(5);
  return failures.map(({ step, cmd, why, recorded, actual: ours }) => ({
    step,
    cmd,
    why,
    recorded: recorded.stdout + recorded.stderr,
    ours: ours.stdout + ours.stderr,
  }));
}

describe('recorded transcripts of a real cluster', () => {
  it.each(whole.map(read))('%s', async (_name, recording) => expect(await failures(recording)).toEqual([]), 30_000);

  it('gives the same bytes whatever ran before', async () => {
    const [, recording] = read('01');
    const first = await replay(recording);
    await replay(read('03')[1]);
    expect(await replay(recording)).toEqual(first);
  }, 30_000);
});
