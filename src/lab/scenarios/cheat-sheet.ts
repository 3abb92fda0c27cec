import type { Scenario } from '../types';
import { readingServices } from './reading-services';

/** One Service of each kind, to look at and to ask about; the lesson's own cluster stays as its reader left it. */
export const cheatSheet: Scenario = { ...readingServices, name: 'cheat-sheet', files: {}, goals: [] };
