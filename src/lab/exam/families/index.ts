import type { Family } from '../task';
import { affinity } from './affinity';
import { expose } from './expose';
import { externalName } from './external-name';
import { headless } from './headless';
import { local } from './local';
import { namedPort } from './named-port';
import { notReady } from './not-ready';
import { pending } from './pending';
import { portTaken } from './port-taken';
import { selector } from './selector';
import { shortName } from './short-name';
import { sourceKept } from './source-kept';
import { targetPort } from './target-port';
import { twoPorts } from './two-ports';

/** Every kind of task there is. Adding one, or another order, makes another exam of each seed. */
export const families: readonly Family[] = [
  selector,
  targetPort,
  namedPort,
  notReady,
  twoPorts,
  headless,
  shortName,
  externalName,
  local,
  sourceKept,
  affinity,
  expose,
  portTaken,
  pending,
];
