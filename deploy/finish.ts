import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { headersFile, nginxPolicy, type Folder } from './headers';
import { hashesOf, withPolicy } from './policy';
import { share } from './sharing/share';
import { writeWorker } from './worker';

/**
 * Finishes a built site: `tsx deploy/finish.ts [FOLDER]`, after Docusaurus has written both languages and whatever else stands in the folder.
 * Links to each page get a picture and embeds their oEmbed answers. Each page gets its policy; `_headers` and `_nginx.conf` get one that fits them all; `sw.js` keeps
 * what both languages need without a network. Running it again changes nothing.
 */
const folder = process.argv[2] ?? 'build';
if (!existsSync(path.join(folder, 'index.html'))) throw new Error(`no site in ${folder}/: build it first`);

function foldersIn(at: string): Folder[] {
  return readdirSync(at, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folders: foldersIn(path.join(at, name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const pictures = (await share(folder)) + (await share(path.join(folder, 'en')));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
const pages = files.map((file) => {
  const at = path.join(folder, file);
  const html = withPolicy(readFileSync(at, 'utf8'));
  writeFileSync(at, html);
  return html;
});
const hashes = hashesOf(pages);
writeFileSync(path.join(folder, '_headers'), headersFile(hashes, { name: '', folders: foldersIn(folder) }));
writeFileSync(path.join(folder, '_nginx.conf'), nginxPolicy(hashes));
const kept = writeWorker(folder);
console.log(
  `${pictures} pictures are drawn; ${pages.length} pages have their policy; ${hashes.length} scripts stand in them; ${Math.round(kept / 1e5) / 10} MB are kept offline`,
);
