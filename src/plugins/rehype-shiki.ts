import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { toString } from 'hast-util-to-string';
import { createHighlighter, type Highlighter } from 'shiki';
import { visit } from 'unist-util-visit';

const languages = ['yaml', 'json', 'console', 'bash', 'ini', 'html', 'js', 'text'];
const themes = { light: 'github-light-high-contrast', dark: 'github-dark-default' };

let highlighter: Promise<Highlighter> | undefined;

/** What a meta string such as `yaml title="svc.yaml" {3,5-6}` says. */
function parseMeta(meta: string): { title?: string; lines: Set<number> } {
  const lines = new Set<number>();
  for (const range of (/\{([\d,\s-]+)\}/.exec(meta)?.[1] ?? '').split(',')) {
    const [from, to = from] = range.split('-').map(Number);
    if (from && to) for (let line = from; line <= to; line++) lines.add(line);
  }
  return { title: /title="([^"]*)"/.exec(meta)?.[1], lines };
}

/**
 * Highlights fenced code while the site is built, so that no reader downloads a highlighter.
 * A `pre` leaves with its finished markup in `data-html` (read by `theme/MDXComponents/Pre`) and its plain text in `data-code`.
 */
export default function rehypeShiki() {
  return async (tree: Root): Promise<void> => {
    const blocks: { pre: Element; code: Element }[] = [];
    visit(tree, 'element', (node) => {
      const child = node.children[0];
      if (node.tagName === 'pre' && child?.type === 'element' && child.tagName === 'code')
        blocks.push({ pre: node, code: child });
    });
    if (blocks.length === 0) return;
    highlighter ??= createHighlighter({ themes: Object.values(themes), langs: languages });
    const shiki = await highlighter;
    for (const { pre, code } of blocks) {
      const classes = Array.isArray(code.properties.className) ? code.properties.className.map(String) : [];
      const lang = classes.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? 'text';
      if (!languages.includes(lang))
        throw new Error(`Code block in a language that is not loaded: ${lang} (see src/plugins/rehype-shiki.ts)`);
      const { title, lines } = parseMeta(String(code.properties.metastring ?? ''));
      const text = toString(code).replace(/\n$/, '');
      const highlighted = shiki.codeToHast(text, {
        lang,
        themes,
        defaultColor: false,
        transformers: [
          {
            line(node, line) {
              if (lines.has(line)) this.addClassToHast(node, 'line--marked');
              if (lang === 'console' && !text.split('\n')[line - 1]?.startsWith('$ ')) this.addClassToHast(node, 'line--output');
            },
          },
        ],
      });
      const drawn = highlighted.children[0] as Element;
      pre.properties = { 'data-html': toHtml(drawn.children), 'data-code': text, 'data-lang': lang, ...(title ? { title } : {}) };
      pre.children = [];
    }
  };
}
