import type { Scenario } from '../types';
import { readingServices } from './reading-services';

/** One Service of each kind, to write wrong fields into. */
export const serviceFields: Scenario = { ...readingServices, name: 'service-fields', files: {}, goals: [] };
