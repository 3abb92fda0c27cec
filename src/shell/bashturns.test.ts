import { Bash, defineCommand } from 'just-bash';
import { expect, it } from 'vitest';
import { takeTurn, TURN, withTurns } from './bashturns';

/** What a script prints, and how many turns it takes. */
async function run(script: string) {
  let turns = 0;
  const turn = defineCommand(TURN, async ([status]) => {
    turns++;
    return { stdout: '', stderr: '', exitCode: await takeTurn(status) };
  });
  const bash = new Bash({ customCommands: [turn] });
  bash.registerTransformPlugin(withTurns(bash));
  const { stdout } = await bash.exec(script, { rawScript: true });
  return { stdout, turns };
}

it('takes a turn in each round of a loop, and after each 25 statements', async () => {
  expect(await run('for i in 1 2 3; do echo $i; done')).toEqual({ stdout: '1\n2\n3\n', turns: 3 });
  expect((await run(':;'.repeat(25))).turns).toBe(0);
  expect((await run(':;'.repeat(100))).turns).toBe(3);
  expect((await run(`f() { ${':;'.repeat(60)} }; f; (${':;'.repeat(30)})`)).turns).toBe(3);
});

it('takes a turn after each 25 commands that depend on each other', async () => {
  expect(await run(`${'true && '.repeat(60)} echo a`)).toEqual({ stdout: 'a\n', turns: 2 });
  expect(await run(`${'false || '.repeat(60)} echo b`)).toEqual({ stdout: 'b\n', turns: 2 });
  expect(await run(`${'true && '.repeat(24)} false && ${'true && '.repeat(40)} echo c || echo d`)).toEqual({
    stdout: 'd\n',
    turns: 0,
  });
});

it('leaves the status as it was', async () => {
  expect(await run(`${':;'.repeat(24)}(exit 3); echo $?`)).toEqual({ stdout: '3\n', turns: 1 });
});
