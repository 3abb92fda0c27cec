import { Discovery, type Mapping } from './discovery';
import { KubectlError } from './errors';

/** Nothing listens at the server's address. */
export class ConnectionRefused extends KubectlError {
  constructor(server: string) {
    super(`The connection to the server ${hostOf(server)} was refused - did you specify the right host or port?`, {
      verbatim: true,
    });
  }
}

const hostOf = (server: string) => server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');

/** Each look-up asks the server anew, as often as upstream's REST mapper does, and each refusal is logged. */
export class UnreachableDiscovery extends Discovery {
  /**
   * @param timeout of requests, ms
   * @param log writes a line of the log
   */
  constructor(
    private readonly server: string,
    private readonly timeout: number,
    private readonly log: (text: string) => void,
  ) {
    super([]);
  }

  /** Looks for the kind by its resource and then for the resource by its kind, both with and without short names. */
  override find(): Mapping {
    return this.ask(4);
  }

  override byKind(): undefined {
    try {
      this.ask(1);
    } catch {
      throw new KubectlError(this.problem);
    }
  }

  override byResource(): Mapping {
    return this.ask(2);
  }

  override category(): Mapping[] {
    this.logRefusal();
    return [];
  }

  private ask(times: number): never {
    for (let i = 0; i < times; i++) this.logRefusal();
    throw new ConnectionRefused(this.server);
  }

  private logRefusal(): void {
    this.log(
      `memcache.go:265] "Unhandled Error" err=${JSON.stringify(`couldn't get current server API group list: ${this.problem}`)}`,
    );
  }

  private get problem(): string {
    const address = hostOf(this.server).replace(/^localhost/, '127.0.0.1');
    const dialed = address.includes(':') ? address : `${address}:${this.server.startsWith('https') ? 443 : 80}`;
    return `Get ${JSON.stringify(`${this.server}/api?timeout=${goDuration(this.timeout)}`)}: dial tcp ${dialed}: connect: connection refused`;
  }
}

/** `1m30s` for 90000 ms. Upstream: Go's Duration.String. */
function goDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1) return `${milliseconds}ms`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${seconds % 60}s`;
}
