import type { Clock } from '../clock';

/**
 * When kube-proxy writes its rules: as soon as something changed, but not before `period` ms have passed since it last did. Changes in
 * between wait together. All nodes hear of a change at the same moment, so one pace is enough for them.
 * kube-proxy: pkg/proxy/runner/bounded_frequency_runner.go; `iptables.minSyncPeriod` of its configuration, 1 s by default
 */
export class Pace {
  #last = -Infinity;
  #waiting = false;

  /** @param write brings the rules of every node up to date */
  constructor(
    private readonly clock: Clock,
    private readonly period: number,
    write: () => void,
  ) {
    clock.register('kube-proxy', () => {
      this.#waiting = false;
      this.#last = clock.now();
      write();
    });
  }

  /** Has something changed that the rules do not show yet? */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Something changed. */
  request(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.clock.schedule('kube-proxy', 'sync', this.#last + this.period - this.clock.now());
  }
}
