import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a server of an agent is: a program with a name, or a proxy in front of `members` (`ADDRESS:PORT`). */
export interface ServerSocket {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly name?: string;
  /** UDP: addresses to listen on. */
  readonly addresses?: readonly string[];
  readonly members?: readonly string[];
}

export interface FlowCommand {
  readonly protocol: 'TCP' | 'UDP';
  readonly host: string;
  readonly port: number;
  readonly count: number;
  /** ms */
  readonly timeout: number;
  /** One connection before all the others: a client with session affinity. */
  readonly first: boolean;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** The program that runs in one namespace. */
export class Agent {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #next = 0;

  constructor(readonly namespace: string) {
    const program = new URL('agent.mjs', import.meta.url).pathname;
    this.#process = spawn('ip', ['netns', 'exec', namespace, process.execPath, program], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the program in ${namespace} ended`));
    });
    createInterface({ input: this.#process.stdout! }).on('line', (line) => this.#answered(JSON.parse(line) as Answer));
  }

  async listen(sockets: readonly ServerSocket[]): Promise<void> {
    await this.#command('listen', { sockets });
  }

  /** Outcomes with their counts: `answered NAME PEER`, `refused`, `timeout` ... */
  async flow(flow: FlowCommand): Promise<Record<string, number>> {
    return (await this.#command('flow', { ...flow })) as Record<string, number>;
  }

  stop(): void {
    this.#process.stdin!.end();
  }

  #command(command: string, options: object): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.stdin!.write(JSON.stringify({ id, command, ...options }) + '\n');
    });
  }

  #answered({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(`${this.namespace}: ${error}`));
  }
}
