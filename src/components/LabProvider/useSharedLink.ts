import { useCallback, useEffect, useState } from 'react';

const prefix = '#lab=';

/** The lab that came with the page's address (`#lab=...`), until it is accepted or declined. Nothing of it is read here. */
export function useSharedLink(): [string | undefined, () => void] {
  const [text, setText] = useState<string>();
  useEffect(() => {
    const look = () => {
      if (window.location.hash.startsWith(prefix)) setText(window.location.hash.slice(prefix.length));
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  const forget = useCallback(() => {
    setText(undefined);
    // A reload must not ask again.
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }, []);
  return [text, forget];
}

/** The address of this page with a lab in it. The query stays: it says which cluster of a playground or which exam this is. */
export function sharedLink(encoded: string): string {
  const { origin, pathname, search } = window.location;
  return `${origin}${pathname}${search}${prefix}${encoded}`;
}
