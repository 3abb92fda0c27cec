/** Stands in for Docusaurus's router in unit tests: the address is the window's. */
export const useLocation = (): { pathname: string; search: string; hash: string } => window.location;

export const useHistory = () => ({
  createHref: ({ pathname }: { pathname: string }) => pathname,
  replace: ({ pathname, search, hash }: { pathname: string; search: string; hash: string }) =>
    window.history.replaceState(null, '', pathname + search + hash),
});
