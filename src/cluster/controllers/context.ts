import type { Registry } from '../apiserver/registry';
import type { Clock } from '../clock';
import type { Random } from '../random';
import type { Recorder } from './recorder';

/** What every controller gets. */
export interface ControllerContext {
  client: Registry;
  clock: Clock;
  random: Random;
  recorder: Recorder;
}

/** ms between a change and a controller's reaction to it: about what an informer and a queue take. */
export const CONTROLLER_LATENCY = 10;
