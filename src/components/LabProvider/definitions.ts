import type { Definitions } from '../../lab/definitions';

/** What `kubectl explain` prints comes in a file of its own, which src/plugins/definitions.ts makes. */
export const loadDefinitions = async (): Promise<Definitions> =>
  (await import('@generated/kubernetes-definitions/default/definitions.json')).default;
