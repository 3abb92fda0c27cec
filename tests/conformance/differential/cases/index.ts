import type { Case } from '../case';
import { changes } from './changes';
import { debug } from './debug';
import { completion } from './completion';
import { discovery } from './discovery';
import { edits } from './edits';
import { errors } from './errors';
import { help } from './help';
import { flags } from './flags';
import { generators } from './generators';
import { logs } from './logs';
import { manifests } from './manifests';
import { portForwards } from './portforward';
import { printing } from './printing';
import { selectors } from './selectors';
import { slips } from './slips';
import { writing } from './writing';

export const cases: readonly Case[] = [
  ...printing,
  ...discovery,
  ...help,
  ...errors,
  ...generators,
  ...flags,
  ...manifests,
  ...writing,
  ...changes,
  ...logs,
  ...completion,
  ...edits,
  ...selectors,
  ...slips,
  ...debug,
  ...portForwards,
];
