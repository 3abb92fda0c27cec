import path from 'node:path';
import { rewriteTags } from './html';

/**
 * A built site's pages name each other and their files from the root of the host (`/learn/ports/`). These functions make a page say the same
 * from where it stands itself (`../ports/`), so that the folder works wherever a server has it. The scripts find their place
 * by themselves (src/plugins/browser-config.mjs).
 */

/** Attributes that name another file of the site. */
const ADDRESSES = new Set(['href', 'src', 'action', 'poster', 'data']);

const ATTRIBUTE = /(\s)([^\s=>"']+)=("[^"]*"|'[^']*'|[^\s>]*)/g;

/** What says where the site is published, which nobody knows yet. */
const PUBLISHED =
  /<(?:link|meta)\b[^>]*(?:rel="?(?:canonical|alternate)"?|property="?og:(?:url|image(?::\w+)?)"?)(?=[\s>/])[^>]*>/gi;

/** A page's way to the root of the site: `./`, `../`, `../../`. `file` is its path in the folder. */
export const wayUp = (file: string): string => '../'.repeat(file.split(path.sep).length - 1) || './';

/** The page, as `file` in the folder, with relative addresses. `base` is the path that the site was built for. */
export function withRelativeAddresses(html: string, file: string, base: string): string {
  const up = wayUp(file);
  const relative = (address: string): string => {
    if (!address.startsWith(base)) throw new Error(`${file} names ${address}, which is not below ${base}`);
    return up + address.slice(base.length);
  };
  const bare = html.replace(PUBLISHED, '');
  return rewriteTags(bare, (tag) =>
    tag.replace(ATTRIBUTE, (whole: string, space: string, name: string, value: string) => {
      const address = value.replace(/^(["'])(.*)\1$/s, '$2');
      return ADDRESSES.has(name.toLowerCase()) && /^\/(?!\/)/.test(address) ? `${space}${name}="${relative(address)}"` : whole;
    }),
  );
}

/** Names of files that a style sheet takes from the root of the host, which would not move with it. */
export const rootedUrls = (css: string): string[] => [...css.matchAll(/url\(["']?(\/[^)"']*)/g)].map(([, url = '']) => url);
