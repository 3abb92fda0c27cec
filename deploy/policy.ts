import { createHash } from 'node:crypto';
import { handlers, inlineScripts } from './html';

/** `'sha256-…'` of a script that stands in a page, as a Content-Security-Policy names it. */
const hashOf = (code: string): string => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

/** The hashes of the scripts in these pages, each once. Throws on an element that carries code in an attribute. */
export function hashesOf(pages: string[]): string[] {
  for (const html of pages) {
    const [first] = handlers(html);
    if (first) throw new Error(`an attribute that runs code, which the policy would stop: ${first}`);
  }
  return [...new Set(pages.flatMap(inlineScripts).map(hashOf))].sort();
}

/**
 * What a page may do: run its own site's scripts and those with these hashes, no code made from text, and speak to nobody else.
 * Styles may stand in the page, because the terminal, the editor and React set them as they go; they cannot run code.
 */
export function policy(hashes: string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...hashes].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}

const META = /<meta http-equiv="?Content-Security-Policy"? content="[^"]*">/i;

/** The page with its policy at the head of its head; only the character set, which must come in the first 1,024 bytes, stays before. */
export function withPolicy(html: string): string {
  const bare = html.replace(META, '');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(hashesOf([bare]))}">`;
  const head = /<head(?:\s[^>]*)?>\s*(?:<meta charset=[^>]*>)?/i;
  if (!head.test(bare)) throw new Error('a page without a head');
  return bare.replace(head, (start) => start + meta);
}
