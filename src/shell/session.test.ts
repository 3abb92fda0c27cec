import { beforeEach, describe, expect, it } from 'vitest';
import { Files } from './files';
import { Jobs } from './jobs';
import type { Program } from './program';
import { cat, cd, ls, pwd } from './programs/files';
import { history } from './programs/history';
import { clear, echo, exit, sleep } from './programs/session';
import { ssh } from './programs/ssh';
import { Terminal } from './session';
import { memoryStorage, TestScreen } from './testing';
import type { World } from './world';

const evil: Program = function* (context) {
  context.stdout('a\x1b[2J\x07\u009b31m\u202eb\n');
  return 0;
};

let now = 0;
let screen: TestScreen;
let terminal: Terminal;
let jobs: Jobs;
let files: Files;
const storage = memoryStorage();
const nodes = { items: [{ metadata: { name: 'node-1' }, status: { addresses: [] } }] };
const world = {
  api: { handle: () => ({ status: 200, body: nodes }) },
  now: () => now,
} as unknown as World;

function start(columns = 80): void {
  jobs = new Jobs(() => now);
  files = new Files('/home/learner', { 'a.yaml': 'one\n', 'b.yaml': 'two\n' });
  const programs = new Map(Object.entries({ cat, cd, clear, echo, evil, exit, history, ls, pwd, sleep, ssh }));
  terminal = new Terminal({ world, files, programs: () => programs, jobs, storage, storageKey: 'h' });
  terminal.resize(columns, 24);
  screen = new TestScreen(columns);
  terminal.onOutput((text) => screen.write(text));
}

async function type(text: string): Promise<void> {
  terminal.input(text);
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

beforeEach(() => {
  now = 0;
  storage.kept.clear();
  start();
});

describe('typing', () => {
  it('runs a line and shows a new prompt', async () => {
    await type('echo hi\r');
    expect(screen.text).toBe('learner@laptop:~$ echo hi\nhi\nlearner@laptop:~$');
    expect(terminal.transcript).toEqual([{ id: 1, prompt: 'learner@laptop:~$ ', command: 'echo hi', output: 'hi\n', exit: 0 }]);
  });

  it('edits in the middle, by words and by lines', async () => {
    await type('echo two three\x1bb\x1bbone \x05!\x01\x1b[3~e');
    expect(screen.text).toBe('learner@laptop:~$ echo one two three!');
    await type('\x05\x17\x17\x15echo x');
    expect(screen.text).toBe('learner@laptop:~$ echo x');
  });

  it('takes Hangul that an input method commits in one piece, two cells each', async () => {
    await type('echo 서비스\x1b[D\x1b[D클');
    expect(screen.text).toBe('learner@laptop:~$ echo 서클비스');
    expect(screen.column).toBe('learner@laptop:~$ echo '.length + 4);
    await type('\x7f\r');
    expect(terminal.transcript[0]?.output).toBe('서비스\n');
  });

  it('wraps long lines at the width of the terminal', async () => {
    start(24);
    await type('echo 가나다라마바사아');
    expect(screen.text).toBe('learner@laptop:~$ echo\n가나다라마바사아');
    await type('\x01\x04E');
    expect(screen.text).toBe('learner@laptop:~$ Echo\n가나다라마바사아');
    await type('\x03');
    expect(screen.text.endsWith('^C\nlearner@laptop:~$')).toBe(true);
  });

  it('drops what the terminal answers to queries', async () => {
    await type(
      '\x1b[12;40R\x1b[?1;2c\x1b[>0;276;0c\x1b[0n\x1b]10;rgb:ffff/0000/0000\x07\x1bP1+r\x1b\\\x1b[?2026;2$y\x1b[Iecho a',
    );
    expect(screen.text).toBe('learner@laptop:~$ echo a');
  });

  it('shows control characters of programs instead of obeying them', async () => {
    await type('evil\r');
    expect(screen.text).toBe('learner@laptop:~$ evil\na^[[2J^G<U+009B>31m<U+202E>b\nlearner@laptop:~$');
  });
});

describe('history', () => {
  it('recalls with Up and Down, searches with Ctrl-R and outlives a reload', async () => {
    await type('echo first\r');
    await type('echo second\r');
    start();
    await type('dra\x1b[A\x1b[A');
    expect(screen.text).toBe('learner@laptop:~$ echo first');
    await type('\x1b[B\x1b[B');
    expect(screen.text).toBe('learner@laptop:~$ dra');
    await type('\x12fir');
    expect(screen.text).toBe("(reverse-i-search)`fir': echo first");
    await type('\r');
    expect(terminal.transcript.at(-1)?.command).toBe('echo first');
  });

  it('is printed as bash prints it, in a pipe too', async () => {
    for (const line of ['echo one', 'echo two']) await terminal.run(line);
    expect((await terminal.run('history')).stdout).toBe('    1  echo one\n    2  echo two\n    3  history\n');
    expect((await terminal.run('history 2')).stdout).toBe('    3  history\n    4  history 2\n');
    expect((await terminal.run('history | tail -1')).stdout).toBe('    5  history | tail -1\n');
    expect(await terminal.run('history x')).toMatchObject({ exit: 1, stderr: 'bash: history: x: numeric argument required\n' });
    expect(await terminal.run('history 1 2')).toMatchObject({ exit: 1, stderr: 'bash: history: too many arguments\n' });
    expect((await terminal.run('history -z')).exit).toBe(2);
    await terminal.run('history -c');
    expect((await terminal.run('history')).stdout).toBe('    1  history\n');
  });

  it('lives without storage that throws', async () => {
    const broken = () => {
      throw new Error('blocked');
    };
    terminal = new Terminal({
      world,
      files,
      programs: () => new Map([['echo', echo]]),
      jobs,
      storage: { getItem: broken, setItem: broken, removeItem: broken },
    });
    expect(await terminal.run('echo ok')).toEqual({ exit: 0, stdout: 'ok\n', stderr: '' });
  });
});

describe('completion', () => {
  it('completes programs, files and hosts', async () => {
    await type('c');
    await type('\t\t');
    expect(screen.text).toContain('cat    cd     clear');
    await type('at a\t');
    expect(screen.text.split('\n').at(-1)).toBe('learner@laptop:~$ cat a.yaml');
    await type('\x15ssh no\t');
    expect(screen.text.split('\n').at(-1)).toBe('learner@laptop:~$ ssh node-1');
  });
});

describe('several lines', () => {
  it('asks for more until a here-document ends, and runs it through bash', async () => {
    await type('cat <<EOF | tr a-z A-Z\r');
    expect(screen.text.endsWith('\n>')).toBe(true);
    await type('hello\r');
    terminal.input('EOF\r');
    await expect.poll(() => terminal.transcript[0]?.exit, { timeout: 5000 }).toBe(0);
    expect(terminal.transcript[0]?.output).toBe('HELLO\n');
  });

  it('takes a bracketed paste as one command and runs it with Enter', async () => {
    await type('\x1b[200~echo one\recho two\x1b[201~');
    expect(terminal.transcript).toEqual([]);
    await type('\r');
    expect(terminal.transcript[0]?.output).toBe('one\ntwo\n');
  });

  it('keeps variables, directory and files from one line of bash to the next', async () => {
    await terminal.run('X=5; mkdir d; echo $X > d/x; cd d');
    expect(terminal.prompt).toBe('learner@laptop:~/d$ ');
    expect((await terminal.run('cat x; echo $X')).stdout).toBe('5\n5\n');
    expect(files.read('/home/learner/d/x')).toBe('5\n');
  });
});

describe('running programs', () => {
  it('waits on virtual time and stops with Ctrl-C', async () => {
    await type('sleep 10\r');
    expect(terminal.busy).toBe(true);
    await type('echo later\r\x03');
    expect(terminal.busy).toBe(false);
    expect(terminal.transcript[0]?.exit).toBe(130);
    await type('sleep 2\r');
    now = 2000;
    jobs.wake();
    await type('');
    expect(terminal.transcript[1]?.exit).toBe(0);
  });

  it('stops a loop of bash with Ctrl-C, and lets no loop run for ever', async () => {
    const running = terminal.run('while true; do sleep 1; done');
    await new Promise((resolve) => setTimeout(resolve, 50));
    terminal.interrupt();
    expect((await running).exit).toBe(130);
    expect((await terminal.run('while true; do :; done')).exit).not.toBe(0);
  });

  it('reads what is typed until Ctrl-D', async () => {
    await type('cat\r');
    await type('abc\r\x04');
    expect(terminal.transcript[0]?.output).toBe('abc\n');
  });

  it('goes to other machines and comes back', async () => {
    await terminal.run('ssh node-1');
    expect([terminal.place, terminal.prompt]).toEqual(['node:node-1', 'root@node-1:~# ']);
    await type('\x04');
    expect(terminal.place).toBe('internet');
    expect((await terminal.run('nonsense')).stderr).toBe('bash: nonsense: command not found\n');
  });
});
