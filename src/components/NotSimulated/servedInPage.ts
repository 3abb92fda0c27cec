import { asServed } from '../AsServed';
import type { NotSimulatedProps } from './index';

export default asServed<NotSimulatedProps>(() => import('./List'));
