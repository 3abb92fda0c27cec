import { provideDescriptions, type Definitions, type Descriptions } from '../cluster/apiserver/definitions';

export type { Definitions };

let loading: Promise<void> | undefined;

/** Lets the API server's descriptions of fields be loaded when first asked for (`kubectl explain`), and again after a failure. */
export function loadDefinitionsWith(load: () => Promise<Definitions>): void {
  let loaded: Descriptions | undefined;
  provideDescriptions(() => {
    if (loaded || loading) return loaded;
    loading = Promise.all([load(), import('../cluster/apiserver/openapidocument')])
      .then(([definitions, { documentOf }]) => void (loaded = { definitions, documentOf }))
      .catch(() => undefined)
      .finally(() => (loading = undefined));
    return undefined;
  });
}

/** Resolves when the descriptions that somebody has asked for are there, or could not be loaded. */
export const definitionsLoaded = async (): Promise<void> => loading;
