import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { Cluster } from '../../../src/cluster/cluster';
import { kubeconfig } from '../../../src/cli/apiserver/kubeconfig';
import { serveApi, type HttpApiServer } from '../../../src/cli/apiserver/server';
import { realKubectl } from '../../kubectl/binary';
import type { Case } from './case';
import type { Outcome, World } from './world';

/**
 * Virtual time moves on once a kubectl that waits has asked nothing for this long, ms: one that watches something or asks the same
 * again and again. Any other may just be slow.
 */
const IDLE = 100;
const SLOW = 3000;
const POLLS = 3;
/** A command may take this long in real time, ms. */
const LIMIT = 30_000;

/** Runs command lines with the real kubectl against a simulated cluster behind HTTP. One at a time. */
export class Theirs {
  private cluster = new Cluster();
  private running = 0;
  private watching = 0;
  /** What the present command has asked, and how often. */
  private readonly asked = new Map<string, number>();
  private polling = false;
  private still = false;
  private last = 0;
  private readonly home = mkdtempSync(join(tmpdir(), 'differential-'));
  private server!: HttpApiServer;
  kubeconfig = '';

  static async start(): Promise<Theirs> {
    const theirs = new Theirs();
    const served = {
      get api() {
        return theirs.cluster.api;
      },
      now: () => theirs.cluster.now(),
    };
    theirs.server = await serveApi(served, 0, (method, url) => {
      const watches = /[?&](watch|follow)=(true|1)/.test(url);
      const times = (theirs.asked.get(url) ?? 0) + 1;
      theirs.asked.set(url, times);
      if (method === 'GET' && times >= POLLS) theirs.polling = true;
      if (watches) theirs.watching++;
      else theirs.running++;
      theirs.last = Date.now();
      return () => {
        if (watches) theirs.watching--;
        else theirs.running--;
        theirs.last = Date.now();
      };
    });
    theirs.kubeconfig = kubeconfig(theirs.server.address);
    return theirs;
  }

  /** From here on, commands meet this world's cluster. Files and kubeconfig are as at its start. */
  begin(world: World, one: Case): void {
    this.cluster = world.cluster;
    this.still = one.still ?? false;
    for (const name of ['work', 'home/.kube/config']) rmSync(join(this.home, name), { recursive: true, force: true });
    this.write('home/.kube/config', this.kubeconfig);
    mkdirSync(join(this.home, 'work'), { recursive: true });
    for (const [name, text] of Object.entries(one.files ?? {})) this.write(join('work', name), text);
  }

  async run(line: string, stdin = ''): Promise<Outcome> {
    const child = spawn('bash', ['-c', line], {
      cwd: join(this.home, 'work'),
      env: { PATH: `${dirname(realKubectl())}:/usr/bin:/bin`, HOME: join(this.home, 'home'), TZ: 'UTC', LC_ALL: 'C' },
      detached: true,
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    const started = (this.last = Date.now());
    this.asked.clear();
    this.polling = false;
    const timer = setInterval(() => {
      const now = Date.now();
      if (now - started > LIMIT) process.kill(-child.pid!, 'SIGKILL');
      if (this.still || this.running > 0 || now - this.last < (this.watching > 0 || this.polling ? IDLE : SLOW)) return;
      const next = this.cluster.nextEvent();
      this.cluster.advanceTo(Math.min(next ?? Infinity, this.cluster.now() + 1000));
      this.last = now;
    }, 20);
    const exit = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 137)));
    clearInterval(timer);
    return { exit, ...output };
  }

  async stop(): Promise<void> {
    await this.server.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  private write(name: string, text: string): void {
    const path = join(this.home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
