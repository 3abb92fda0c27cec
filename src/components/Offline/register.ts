/** Milliseconds after a page has loaded. It has all of the network until then. */
const QUIET = 8000;

// Docusaurus runs this for every page, on the server as well (`clientModules`).
if (process.env.NODE_ENV === 'production' && typeof window !== 'undefined')
  window.addEventListener('load', () => setTimeout(() => void import('./keep').then(({ keep }) => keep()), QUIET));
