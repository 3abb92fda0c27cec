/* global document, history, location */
// Links that a page names from where it stands would lead elsewhere once a script has put another address in the browser's bar.
for (const element of document.querySelectorAll('a[href^="."], link[rel=icon][href^="."], img[src^="."]')) {
  const name = element.hasAttribute('href') ? 'href' : 'src';
  const { pathname, search, hash } = new URL(element.getAttribute(name), document.baseURI);
  element.setAttribute(name, pathname + search + hash);
}
// The router knows pages by their folders; a host that does not is asked for the file in it.
if (/\/index\.html$/.test(location.pathname))
  history.replaceState(null, '', location.pathname.slice(0, -'index.html'.length) + location.search + location.hash);
