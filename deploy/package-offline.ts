import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withPolicy } from './policy';
import { rootedUrls, wayUp, withRelativeAddresses } from './relocate';
import { writeWorker } from './worker';

/** Where a site was built for, with a slash at both ends, as its first page names its scripts. */
function baseOf(home: string): string {
  const [, base] = /<script[^>]*\ssrc="?(\/[^\s">]*)assets\/js\/runtime~main/.exec(home) ?? [];
  if (!base) throw new Error('the home page loads no runtime~main: not a built site, or one that is packaged already');
  return base;
}

/** Copies the built site in `built` to `site` so that it works wherever a web server has the folder. */
export function packageOffline(built: string, site: string): void {
  const base = baseOf(readFileSync(path.join(built, 'index.html'), 'utf8'));
  rmSync(site, { recursive: true, force: true });
  cpSync(built, site, { recursive: true });
  // These name addresses from the root of a host, or are for links to a published site.
  for (const file of ['_headers', '_nginx.conf']) rmSync(path.join(site, file), { force: true });
  for (const root of ['', 'en'])
    for (const name of ['sitemap.xml', 'oembed']) rmSync(path.join(site, root, name), { recursive: true, force: true });
  for (const file of ['404.html', 'place.js'])
    copyFileSync(path.join(import.meta.dirname, 'offline', file), path.join(site, file));
  rmSync(path.join(site, 'en/404.html'), { force: true });
  for (const file of readdirSync(site, { recursive: true, encoding: 'utf8' })) {
    const at = path.join(site, file);
    if (file.endsWith('.css')) {
      const [rooted] = rootedUrls(readFileSync(at, 'utf8'));
      if (rooted) throw new Error(`${file} takes ${rooted} from the root of the host`);
    } else if (file.endsWith('.html')) {
      const html = withRelativeAddresses(readFileSync(at, 'utf8'), file, base);
      // Before the site's own scripts, which take the page as it is by then.
      const placed = html.replace(/(?=<script[^>]*runtime~main)/, `<script src="${wayUp(file)}place.js" defer></script>`);
      writeFileSync(at, withPolicy(placed));
    }
  }
  writeWorker(site);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = 'offline';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  packageOffline('build', path.join(folder, 'site'));
  copyFileSync(path.join(import.meta.dirname, 'offline/README.txt'), path.join(folder, 'README.txt'));
  execFileSync('tar', ['-czf', 'packet-to-pod-offline.tar.gz', 'site', 'README.txt'], { cwd: folder });
  console.log(
    `${folder}/site/ works wherever a web server has it; ${folder}/packet-to-pod-offline.tar.gz has the same, to be carried away`,
  );
}
