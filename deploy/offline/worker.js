/* global self, caches, fetch, VERSION, FILES, LATER */
// Keeps the site in the browser, so that it opens without a network. The build writes before these lines what there is:
// VERSION, which changes with any file; FILES, the addresses of each file's content, from where this script stands; LATER, the folders
// of files that are kept once a page has asked for them.

const NAME = 'packet-to-pod ';
const scope = self.registration.scope;
const later = LATER.map((folder) => scope + folder);
const isLater = (url) => later.some((folder) => String(url).startsWith(folder));
const isHashed = (url) => url.includes('/assets/');

async function store(cache, addresses) {
  const urls = addresses.map((address) => scope + address);
  // The name of a file in assets/ changes with its content: what an earlier version has kept need not come again.
  const kept = isHashed(urls[0]) && (await caches.match(urls[0]));
  const answer = kept || (await fetch(urls[0], { cache: isHashed(urls[0]) ? 'default' : 'no-cache' }));
  if (!answer.ok) throw new Error(`${urls[0]}: ${answer.status}`);
  // A browser takes no answer for a page that came by way of another address.
  const plain = answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
  await Promise.all(urls.map((url) => cache.put(url, plain.clone())));
}

async function install() {
  const waiting = Object.values(FILES);
  const cache = await caches.open(NAME + VERSION);
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await store(cache, next);
  };
  await Promise.all([work(), work(), work(), work()]);
}

async function activate() {
  const current = await caches.open(NAME + VERSION);
  for (const name of await caches.keys()) {
    if (!name.startsWith(NAME) || name === NAME + VERSION) continue;
    // Another copy of the site on the same host has caches of its own.
    const old = await caches.open(name);
    const requests = await old.keys();
    if (!requests.some(({ url }) => url.startsWith(scope))) continue;
    for (const request of requests) if (isLater(request.url)) await current.put(request, await old.match(request));
    await caches.delete(name);
  }
  await self.clients.claim();
}

/** Pages come from the network, so that nobody reads an old one, and from here where there is none. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(NAME + VERSION);
    const { origin, pathname } = new URL(request.url);
    const path = origin + pathname.replace(/(?:index\.html|([^/]))$/, (_, last) => (last ? `${last}/` : ''));
    const missing = path.startsWith(`${scope}en/`) ? 'en/404.html' : '404.html';
    const kept = (await cache.match(path)) || (await cache.match(scope + missing)) || (await cache.match(`${scope}404.html`));
    if (!kept) throw error;
    return kept;
  }
}

/** Files of this version come from here at once. */
async function file(request) {
  const cache = await caches.open(NAME + VERSION);
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && isLater(request.url)) await cache.put(request, answer.clone());
  return answer;
}

/** Keeps files that a page has had before this script could see it ask. */
async function keepLater(urls) {
  await (await caches.open(NAME + VERSION)).addAll(urls);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  const { data } = event;
  if (data === 'take over') void self.skipWaiting();
  else if (Array.isArray(data)) event.waitUntil(keepLater(data.filter(isLater)));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  event.respondWith(request.mode === 'navigate' ? page(request) : file(request));
});
