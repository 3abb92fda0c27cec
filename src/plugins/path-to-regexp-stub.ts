const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/**
 * Stands in for path-to-regexp in the browser: the site's routes are addresses without parameters, or `*` for every address.
 * Returns what matches `path`, with or without a slash at its end; with `end: false`, everything below it as well.
 */
export default function pathToRegexp(path: string, _keys: unknown, { end = true }: { end?: boolean }): RegExp {
  const plain = escaped(path.replace(/\/$/, '')).replaceAll('*', '.*');
  return new RegExp(`^${plain}${end ? '/?$' : '(?:/(?=$))?(?=/|$)'}`, 'i');
}
