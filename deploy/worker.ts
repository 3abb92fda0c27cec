import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What pages need without a network. Embeds are for other sites, and pictures of the site for those that link to it. */
const KEPT = /(?:\.(?:html|js|css|svg|webmanifest)|search-index-[^/]*\.json)$/;
const LEFT_OUT = /^(?:embed\/|en\/embed\/|sw\.js$|place\.js\.map$)/;

/** Fonts come in hundreds of files of which a page needs few: those that pages asked for are kept. */
const LATER = ['assets/fonts/', 'en/assets/fonts/'];

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex').slice(0, 12);

/**
 * Writes `sw.js`, the service worker of the site in `folder`, with the list of what it keeps: addresses from where it stands, by content,
 * because both languages have many files in common. Returns how many bytes that is, uncompressed.
 */
export function writeWorker(folder: string): number {
  const files: Record<string, string[]> = {};
  let bytes = 0;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.split(path.sep).join('/'));
  for (const name of names.sort()) {
    if (!KEPT.test(name) || LEFT_OUT.test(name)) continue;
    const content = readFileSync(path.join(folder, name));
    const hash = sha256(content);
    if (!files[hash]) bytes += content.length;
    // A page's address is its folder.
    (files[hash] ??= []).push(name.replace(/(^|\/)index\.html$/, '$1'));
  }
  const code = readFileSync(path.join(import.meta.dirname, 'offline/worker.js'), 'utf8');
  const list = JSON.stringify(files);
  const head = { VERSION: sha256(list + code), FILES: files, LATER };
  writeFileSync(
    path.join(folder, 'sw.js'),
    Object.entries(head)
      .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`)
      .join('') + code,
  );
  return bytes;
}
