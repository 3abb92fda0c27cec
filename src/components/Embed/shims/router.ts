import { useMemo, useSyncExternalStore } from 'react';

interface Place {
  pathname: string;
  search: string;
  hash?: string;
}

const CHANGED = 'embed-place';

function subscribe(listener: () => void): () => void {
  for (const event of [CHANGED, 'popstate']) window.addEventListener(event, listener);
  return () => {
    for (const event of [CHANGED, 'popstate']) window.removeEventListener(event, listener);
  };
}

/** Stands in for Docusaurus's router in embeds, whose only moves are other queries of the same page. */
export function useLocation(): Place {
  const search = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => '',
  );
  return useMemo(() => ({ pathname: typeof window === 'undefined' ? '' : window.location.pathname, search }), [search]);
}

export function useHistory(): { replace(place: Place): void } {
  return {
    replace({ pathname, search, hash = '' }) {
      window.history.replaceState(null, '', pathname + search + hash);
      window.dispatchEvent(new Event(CHANGED));
    },
  };
}
