import type { Scenario } from '../types';
import { nodeport } from './nodeport';

/** The authors' catalogue of widgets: a lesson's cluster under a name of its own, so that a reader's lesson stays as it was. */
export const catalogue: Scenario = { ...nodeport, name: 'catalogue' };
