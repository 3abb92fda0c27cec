import { provideDefinitions, type Definitions } from '../cluster/apiserver/definitions';

export type { Definitions };

/** Lets the API server's descriptions of fields be loaded when first asked for (`kubectl explain`), and again after a failure. */
export function loadDefinitionsWith(load: () => Promise<Definitions>): void {
  let loaded: Definitions | undefined;
  let loading = false;
  provideDefinitions(() => {
    if (loaded || loading) return loaded;
    loading = true;
    load()
      .then((definitions) => (loaded = definitions))
      .catch(() => undefined)
      .finally(() => (loading = false));
    return undefined;
  });
}
