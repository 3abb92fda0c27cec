import { describe, expect, it } from 'vitest';
import { snippets } from './snippets';
import { embedOf, rootOf } from './embedOf';

const embedded = {
  address: 'https://wiki.example/lab/embed/nodeport/?ctl=1&theme=dark',
  page: 'https://wiki.example/lab/learn/nodeport/',
  picture: 'https://wiki.example/lab/img/og/nodeport.png',
  parent: 'https://wiki.example/lab/embed/parent.js',
  title: 'A "title" [with] <signs> & more',
};
const code = (id: string) => snippets.find((snippet) => snippet.id === id)!.code(embedded);

describe('the snippets for other pages', () => {
  it('keep titles and addresses within their attributes', () => {
    expect(code('html')).toContain('src="https://wiki.example/lab/embed/nodeport/?ctl=1&amp;theme=dark"');
    expect(code('html')).toContain('title="A &quot;title&quot; [with] &lt;signs> &amp; more"');
    expect(code('docusaurus')).toContain('title={"A \\"title\\" [with] <signs> & more"}');
    expect(code('markdown')).toBe(`[![A "title" \\[with\\] <signs> & more](${embedded.picture})](${embedded.page})`);
  });
  it('name the host that Backstage must allow', () => expect(code('backstage')).toContain('- wiki.example'));
});

describe('the embed of a lab', () => {
  it.each([
    ['nodeport', { id: 'nodeport', query: {}, at: 'learn/nodeport/' }],
    ['home', { id: 'home', query: {}, at: '' }],
    ['catalogue', { id: 'widget-terminal', query: {}, at: 'components/' }],
    ['exam-7', { id: 'exam', query: { seed: '7' }, at: 'learn/exam/?seed=7' }],
    [
      'playground-2-none-nftables-5',
      {
        id: 'playground',
        query: { scenario: 'playground-2-none-nftables-5' },
        at: 'playground/?nodes=2&cloud=none&proxy=nftables&seed=5',
      },
    ],
  ])('of %s', (scenario, expected) => expect(embedOf(scenario)).toEqual(expected));
});

it.each([
  ['/', '/'],
  ['/en/', '/en/'],
  ['/learn/nodeport/', '/'],
  ['/a/b/en/learn/nodeport/index.html', '/a/b/en/'],
  ['/a/embed/widget-ports/', '/a/'],
  ['/playground/', '/'],
])('%s belongs to the root %s', (path, root) => expect(rootOf(path)).toBe(root));
