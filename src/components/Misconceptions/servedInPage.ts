import { asServed } from '../AsServed';

export default asServed<object>(() => import('./List'));
