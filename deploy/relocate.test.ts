import { expect, test } from 'vitest';
import { rootedUrls, withRelativeAddresses } from './relocate';

test('addresses from the root become relative, and nothing else changes', () => {
  const page =
    '<head><link data-rh=true rel=canonical href=http://x/p/learn/ports/ /><link rel=stylesheet href=/p/assets/a.css />' +
    '<meta property="og:image" content="http://x/p/img/og/ports.png"><meta property="og:image:width" content="1200">' +
    '<link rel="alternate" type="application/json+oembed" href="http://x/p/oembed/ports.json"></head>' +
    '<a title="see href=/p/ here" href="/p/#top">/p/ <a href=#x><a href="https://y/p/"><script src=/p/assets/b.js defer></script>' +
    '<script type=application/json>{"a":"<a href=/p/>"}</script>';
  expect(withRelativeAddresses(page, 'learn/ports/index.html', '/p/')).toBe(
    '<head><link rel=stylesheet href="../../assets/a.css" /></head>' +
      '<a title="see href=/p/ here" href="../../#top">/p/ <a href=#x><a href="https://y/p/"><script src="../../assets/b.js" defer></script>' +
      '<script type=application/json>{"a":"<a href=/p/>"}</script>',
  );
  expect(withRelativeAddresses('<a href=/>', 'index.html', '/')).toBe('<a href="./">');
  expect(() => withRelativeAddresses('<a href=/other/>', 'index.html', '/p/')).toThrow('not below /p/');
});

test('a style sheet that takes a file from the root of the host is found', () => {
  expect(rootedUrls('a{src:url(../fonts/a.woff2)}b{src:url("/fonts/b.woff2")}')).toEqual(['/fonts/b.woff2']);
});
