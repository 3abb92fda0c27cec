import type * as Kubectl from './kubectl';

let loaded: typeof Kubectl | undefined;

/** Fetches kubectl, which is large, before it is needed. */
export async function loadKubectl(): Promise<typeof Kubectl> {
  return (loaded ??= await import('./kubectl'));
}

/** Undefined while it is not loaded. */
export function loadedKubectl(): typeof Kubectl | undefined {
  return loaded;
}
