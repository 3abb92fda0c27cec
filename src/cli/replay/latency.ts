import type { Cluster } from '../../cluster/cluster';

/** What a write took, there and back, ms. */
const WRITE = 10;
/** How long a program takes to its first write, ms, at most; one that was done sooner, this part of its whole time. */
const START = { longest: 80, part: 0.75 };

/** When, in ms after its start, a recorded program came to write something. @param duration how long it ran, ms */
export function timeToWrite(duration: number): number {
  return Math.min(START.longest, START.part * duration);
}

/** A cluster whose clients wait for each of their writes: objects of one command are not all of the same moment. */
export function withLatency(cluster: Cluster): Cluster {
  const api: Cluster['api'] = {
    watch: (request, onEvent) => cluster.api.watch(request, onEvent),
    stream: (request, onText, onEnd) => cluster.api.stream(request, onText, onEnd),
    handle(request) {
      const response = cluster.api.handle(request);
      if (request.method !== 'GET') cluster.advance(WRITE);
      return response;
    },
  };
  return new Proxy(cluster, {
    get(target, key) {
      if (key === 'api') return api;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
