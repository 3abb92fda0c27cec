import { cluster } from './cluster';
import { network } from './network';
import { pods } from './pods';
import { services } from './services';
import type { Term } from './term';

/** Every term of the course. The page of terms is made from this, and nothing else lists them. */
export const terms: readonly Term[] = [...cluster, ...services, ...network, ...pods];
