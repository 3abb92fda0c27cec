import type { ApiClient } from '../cluster/apiserver/rest';

/**
 * What a running program waits for. The driver (a terminal, the replay tool) resumes it with `next()` when the virtual clock has
 * reached `until`, or, without `until`, after any change in the cluster or of the clock. Ctrl-C calls `return()`.
 */
export interface Suspend {
  /** Virtual time, ms since the epoch. */
  until?: number;
  /** With `until`: also after any change. */
  change?: boolean;
}

/** The world outside kubectl: the API server and the machine it runs on. No host clock, no promises. */
export interface KubectlEnvironment {
  api: ApiClient;
  /** Virtual time now, ms since the epoch. */
  now(): number;
  /** Text of a file, relative to the working directory; undefined when there is none. */
  readFile(path: string): string | undefined;
  /** Names in a directory, sorted; undefined when `path` is not a directory. */
  readDirectory(path: string): string[] | undefined;
  writeFile(path: string, text: string): void;
  removeFile(path: string): void;
  /** Everything on standard input. */
  stdin: string;
  env: Readonly<Record<string, string>>;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Runs a command in a container (exec); the terminal provides it. Undefined: exec answers that it cannot. */
  exec?(target: {
    namespace: string;
    pod: string;
    container: string;
    command: string[];
    stdin: boolean;
    tty: boolean;
    /** This is the container's own program, which ends with it. */
    attached?: boolean;
    /** Of an attached program: called when it has ended, which with a terminal may be after the command itself. */
    ended?(exit: number, stdout: (text: string) => void): void;
  }): Generator<Suspend, number, void>;
  /**
   * The command that a running container's own program is, when it is a shell that can be attached to; undefined when it only writes
   * (attach then follows its log), null when no such container runs.
   */
  shellOf?(namespace: string, pod: string, container: string): readonly string[] | undefined | null;
  /**
   * Opens a way through the API server and the kubelet into a pod's network (port-forward); the terminal provides it. Undefined:
   * port-forward answers that it cannot.
   * @returns the way, or why there is none and after how many ms that is known
   */
  forward?(namespace: string, pod: string): PortForwarder | { readonly error: string; readonly after: number };
  /** Standard input is a terminal. Default false. */
  terminal?: boolean;
  /** Opens the manifest editor on a file and waits until it is saved or closed (kubectl edit). */
  edit?(path: string): Generator<Suspend, number, void>;
}

/** A way into a pod's network, on whose connections this machine's ports can be handed on. */
export interface PortForwarder {
  /** It has ended. */
  readonly closed: boolean;
  /**
   * Listens on an address of this machine and hands connections on to a port of the pod.
   * @param local 0: any free port
   * @returns the port that it listens on, or the system's error
   */
  listen(address: string, local: number, remote: number, told: { taken(): void; failed(message: string): void }): number | string;
  close(): void;
}
