/** Where code of others makes or reads an address without the router: file, what it says, and what it must say. */
const CHANGES = [
  [
    /core[\\/]lib[\\/]client[\\/]clientEntry\.js$/,
    ['preload(window.location.pathname)', 'preload(window.location.pathname.slice(place.length))'],
  ],
  [
    /docusaurus-search-local[\\/].*[\\/]searchByWorker\.js$/,
    ['remoteWorker.fetchIndexes(baseUrl', 'remoteWorker.fetchIndexes(place + baseUrl'],
    ['remoteWorker.search(baseUrl', 'remoteWorker.search(place + baseUrl'],
  ],
  [/docusaurus-search-local[\\/].*[\\/]SearchBar\.jsx?$/, ['a.href = url', 'a.href = place + url']],
];

/** The files this loader is for. @type {RegExp[]} */
export const PLACED = CHANGES.map(([file]) => file);

/** Loader: the addresses in these files begin with where the site is served from (browser-config.mjs). Throws when an update changed the lines. */
export default function placedSource(source) {
  const [, ...changes] = CHANGES.find(([file]) => file.test(this.resourcePath));
  const changed = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${this.resourcePath} no longer says: ${from}`);
    return text.replaceAll(from, to);
  }, source);
  return `import { place } from '@generated/docusaurus.config';\n${changed}`;
}
