// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { createElement as h, Fragment, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Helmet } from './helmet-stub';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const head = () => [...document.head.querySelectorAll('meta, link')].map((element) => element.outerHTML);
const meta = (name: string, content: string) => h('meta', { name, content });

/** As the site's layout has it: what holds for every page around what one page says. */
const page = (...own: ReactNode[]) =>
  h(
    'div',
    null,
    h(Helmet, null, h('title', null, 'Site'), meta('description', 'of the site'), h('html', { lang: 'ko', className: 'site' })),
    own.length > 0 && h(Helmet, null, ...own),
  );

beforeEach(() => {
  document.head.innerHTML = '<title data-rh="true">Site</title><meta name="generator" content="not its own">';
});
afterEach(cleanup);

describe('the head of a page', () => {
  it('is what the innermost says, and again what the outer one says when that leaves', async () => {
    const { rerender } = render(page(h('title', null, 'Lesson ', 1), meta('description', 'of the lesson')));
    await frame();
    expect(document.title).toBe('Lesson 1');
    expect(document.documentElement.className).toBe('site');
    expect(head()).toEqual([
      '<meta name="generator" content="not its own">',
      '<meta data-rh="true" name="description" content="of the lesson">',
    ]);
    rerender(page());
    await frame();
    expect(document.title).toBe('Site');
    expect(head()[1]).toBe('<meta data-rh="true" name="description" content="of the site">');
  });

  it('keeps what one place says several times, and elements that are there already', async () => {
    document.head.innerHTML += '<meta data-rh="true" property="og:locale:alternate" content="en">';
    const there = document.head.lastElementChild;
    const locale = (content: string) => h('meta', { key: content, property: 'og:locale:alternate', content });
    render(page(h(Fragment, null, [locale('en'), locale('fr')]), false));
    await frame();
    const all = [...document.head.querySelectorAll('[property]')];
    expect(all).toHaveLength(2);
    expect(all[0]).toBe(there);
  });
});
