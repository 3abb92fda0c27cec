import type { Schema } from '../../schema';
import { serviceSchema } from './schema';

/** What becomes of a field: it acts as on a real cluster, or it is checked and kept without acting. */
export type FieldSupport = 'simulated' | 'ignored';

/** Fields that the server checks and keeps, and that change nothing here. All others act. */
const IGNORED = new Set(['spec.ports[].appProtocol']);

/** Every field of a Service, in the schema's order, as `spec.ports[].nodePort`; data for a page that tells what the simulator does. */
export function serviceFieldSupport(): { field: string; support: FieldSupport }[] {
  return leaves(serviceSchema, '')
    .filter((field) => field.startsWith('spec.') || field.startsWith('status.'))
    .map((field) => ({ field, support: IGNORED.has(field) ? 'ignored' : 'simulated' }));
}

/** Paths of all fields below a schema. */
function leaves(schema: Schema, path: string): string[] {
  if (schema.type === 'list') return leaves(schema.items, `${path}[]`);
  if (schema.type !== 'struct') return [path];
  return Object.entries(schema.fields).flatMap(([name, field]) => leaves(field, path === '' ? name : `${path}.${name}`));
}
