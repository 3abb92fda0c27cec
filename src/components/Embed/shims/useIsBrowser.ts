import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Stands in for Docusaurus's hook in embeds: false on the server and in the first picture, then true. */
export default function useIsBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
