import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as cheerio from 'cheerio';
import { frame, HEIGHT as FRAME_HEIGHT, inAttribute } from '../../src/components/ShareDialog/frame';
import { figureOf, type Figure } from './figure';
import { drawPicture, HEIGHT, WIDTH } from './picture';

/** CSS px; what an embed likes to have. It takes less. */
const FRAME_WIDTH = 720;

/** A built page that people send links to. */
interface Page {
  /** Of its picture and its embed. */
  id: string;
  file: string;
  html: string;
  title: string;
}

/** `learn/nodeport/index.html` -> `nodeport`; the home page is `home`. */
const idOf = (file: string): string =>
  path
    .dirname(file)
    .replace(/^\.$/, 'home')
    .replace(/^learn\//, '')
    .replaceAll('/', '-');

/** What this file wrote into a head before. */
const OWN =
  /<meta property="og:image[^>]*>|<meta name="twitter:card"[^>]*>|<link rel="alternate" type="application\/json\+oembed"[^>]*>/g;

/**
 * Makes the links to the pages of one language show what they lead to: a picture with the page's own figure, and for what can be embedded
 * an oEmbed answer, in files, because no server is there to ask.
 * @param folder the root of that language in a built site
 * @returns how many pictures were drawn
 */
export async function share(folder: string): Promise<number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => path.basename(file) === 'index.html' && !/^en\//.test(file),
  );
  const all = files.map((file): Page => {
    const html = readFileSync(path.join(folder, file), 'utf8').replace(OWN, '');
    return { id: idOf(file).replace(/^embed-/, ''), file, html, title: cheerio.load(html)('title').text() };
  });
  const isEmbed = ({ file }: Page) => file.startsWith('embed/');
  const pages = all.filter((page) => !isEmbed(page));
  const home = pages.find(({ id }) => id === 'home')!;
  const root = cheerio.load(home.html)('meta[property="og:url"]').attr('content');
  const [drawn, catalogue] = [home, pages.find(({ id }) => id === 'components')].map((page) => page && figureOf(page.html));
  if (root === undefined || !drawn) throw new Error(`${folder}/index.html names no address, or has no figure`);
  const site = home.title.split(' | ').at(-1)!;
  const titleOf = (title: string) => title.replace(` | ${site}`, '');

  const pictures = new Map<string, { title: string; figure: Figure }>();
  for (const { id, html, title } of pages) pictures.set(id, { title: titleOf(title), figure: figureOf(html) ?? drawn });
  for (const { id, title } of all) if (!pictures.has(id)) pictures.set(id, { title: titleOf(title), figure: catalogue ?? drawn });
  mkdirSync(path.join(folder, 'img/og'), { recursive: true });
  mkdirSync(path.join(folder, 'oembed'), { recursive: true });
  await Promise.all(
    Array.from(pictures, async ([id, { title, figure }]) =>
      writeFileSync(path.join(folder, `img/og/${id}.png`), await drawPicture(title, site, figure)),
    ),
  );

  for (const { id, file, html, title } of all) {
    const image = `${root}img/og/${id}.png`;
    const tags = [
      `<meta property="og:image" content="${image}">`,
      `<meta property="og:image:width" content="${WIDTH}">`,
      `<meta property="og:image:height" content="${HEIGHT}">`,
      `<meta property="og:image:alt" content="${inAttribute(title)}">`,
      '<meta name="twitter:card" content="summary_large_image">',
    ];
    if (existsSync(path.join(folder, 'embed', id, 'index.html'))) {
      const answer = {
        version: '1.0',
        type: 'rich',
        title: titleOf(title),
        provider_name: site,
        provider_url: root,
        html: frame({ address: `${root}embed/${id}/`, title }),
        width: FRAME_WIDTH,
        height: FRAME_HEIGHT,
        thumbnail_url: image,
        thumbnail_width: WIDTH,
        thumbnail_height: HEIGHT,
      };
      writeFileSync(path.join(folder, `oembed/${id}.json`), `${JSON.stringify(answer, null, 2)}\n`);
      tags.push(
        `<link rel="alternate" type="application/json+oembed" href="${root}oembed/${id}.json" title="${inAttribute(title)}">`,
      );
    }
    writeFileSync(path.join(folder, file), html.replace('</head>', `${tags.join('')}</head>`));
  }
  return pictures.size;
}
