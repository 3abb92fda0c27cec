import { createCanvas, loadImage } from '@napi-rs/canvas';
import * as cheerio from 'cheerio';
import { expectNone, test } from './harness';
import { pages } from './pages';

/** Letters have edges in many shades; an empty picture has one colour, a failed drawing few. */
const FEWEST_COLOURS = 100;

/** What is wrong with what a link to a page shows where it is pasted. @param address where the built site is served */
async function faultsOf(address: string, path: string): Promise<string[]> {
  const faults: string[] = [];
  // The build was made for an address of its own.
  const fetched = async (url: string) => {
    const response = await fetch(address + new URL(url, address).pathname);
    if (!response.ok) faults.push(`${url}: ${response.status}`);
    return response;
  };
  const $ = cheerio.load(await (await fetched(path)).text());
  const content = (name: string) => $(`meta[property="${name}"], meta[name="${name}"]`).attr('content') ?? '';
  if (content('twitter:card') !== 'summary_large_image') faults.push('no twitter:card');
  if (content('og:image:alt') !== $('title').first().text()) faults.push(`og:image:alt: ${content('og:image:alt')}`);
  if (!/^https?:\/\//.test(content('og:image'))) return [...faults, 'no og:image'];

  const image = await loadImage(Buffer.from(await (await fetched(content('og:image'))).arrayBuffer()));
  const { width, height } = image;
  const size = `${content('og:image:width')}×${content('og:image:height')}`;
  if (`${width}×${height}` !== '1200×630' || size !== '1200×630') faults.push(`is ${width}×${height}, says ${size}`);
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const colours = new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
  if (colours < FEWEST_COLOURS) faults.push(`has ${colours} colours`);

  const offered = $('link[type="application/json+oembed"]').attr('href');
  if (offered === undefined) {
    if (/^(?:\/en)?\/(?:$|playground\/|embed\/|learn\/nodeport\/)/.test(path)) faults.push('no oEmbed');
    return faults;
  }
  const oembed = (await (await fetched(offered)).json()) as Record<string, unknown>;
  if (oembed.version !== '1.0' || oembed.type !== 'rich') faults.push(`oEmbed: ${JSON.stringify(oembed)}`);
  for (const key of ['width', 'height', 'thumbnail_width', 'thumbnail_height'])
    if (!Number.isInteger(oembed[key])) faults.push(`oEmbed's ${key}: ${String(oembed[key])}`);
  if (oembed.thumbnail_url !== content('og:image')) faults.push(`oEmbed's picture: ${String(oembed.thumbnail_url)}`);
  const frame = cheerio.load(String(oembed.html))('iframe');
  if (!frame.attr('title')) faults.push(`oEmbed's html: ${String(oembed.html)}`);
  else await fetched(frame.attr('src')!);
  return faults;
}

test('a link to any page or embed shows a picture of it, and what can be embedded says how', async ({ address }) => {
  const embeds = ['', '/en'].flatMap((root) => ['nodeport', 'widget-ports'].map((id) => `${root}/embed/${id}/`));
  const found: string[] = [];
  for (const path of [...pages.map((one) => one.path), ...embeds])
    found.push(...(await faultsOf(address, path)).map((fault) => `${path}: ${fault}`));
  expectNone('What a link shows', found);
});
