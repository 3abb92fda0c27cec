import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createCanvas, GlobalFonts, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { tokens, type Figure } from './figure';

/** px; what those who show links ask for. */
export const WIDTH = 1200;
export const HEIGHT = 630;
const MARGIN = 56;
/** A figure that would be drawn smaller ends below the picture's edge instead. */
const LEAST_SCALE = 1.1;
/** Where titles stand, and what is left for the figure below them. */
const BASELINE = 88;
const TOP = 124;
/** Of the titles' letters. */
const LARGEST = 54;
const SMALLEST = 28;

const SANS = 'Pretendard Variable';
const MONO = 'Nanum Gothic Coding';

const require = createRequire(import.meta.url);
const { family } = GlobalFonts.has(SANS) ? { family: SANS } : registerFonts();

/** The site's own fonts under the names that its style sheets use. */
function registerFonts(): { family: string } {
  const register = (file: string, name: string) => {
    if (!GlobalFonts.registerFromPath(require.resolve(file), name)) throw new Error(`${file} is no font`);
  };
  for (const weight of ['Regular', 'SemiBold', 'Bold']) register(`pretendard/dist/public/static/Pretendard-${weight}.otf`, SANS);
  for (const weight of [400, 700])
    register(`@fontsource/nanum-gothic-coding/files/nanum-gothic-coding-latin-${weight}-normal.woff2`, MONO);
  return { family: SANS };
}

const mark = readFileSync(path.join(import.meta.dirname, '../../static/img/mark.svg'));

/** Sets the largest font of that weight in which `text` is no wider than `width`, px. */
function fit(context: SKRSContext2D, text: string, weight: number, largest: number, width: number): void {
  for (let size = largest; size >= SMALLEST; size -= 2) {
    context.font = `${weight} ${size}px "${family}"`;
    if (context.measureText(text).width <= width) return;
  }
}

/** A PNG of WIDTH × HEIGHT: a page's title, the site's name and mark, and its figure. */
export async function drawPicture(title: string, site: string, figure: Figure): Promise<Buffer> {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = tokens.get('--paper')!;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = tokens.get('--ink')!;
  context.font = `600 26px "${family}"`;
  const named = title === site ? 0 : context.measureText(site).width;
  if (named > 0) context.fillText(site, WIDTH - MARGIN - named, BASELINE - 4);
  const icon = await loadImage(mark);
  context.drawImage(icon, WIDTH - MARGIN - named - 52, BASELINE - 38, 44, 44);
  fit(context, title, 700, LARGEST, WIDTH - 2 * MARGIN - named - 80);
  context.fillText(title, MARGIN, BASELINE);
  const scale = Math.min((WIDTH - 2 * MARGIN) / figure.width, Math.max(LEAST_SCALE, (HEIGHT - TOP - 16) / figure.height));
  // The size in the drawing itself keeps its letters sharp.
  const [width, height] = [figure.width * scale, figure.height * scale];
  const image = await loadImage(Buffer.from(figure.svg.replace('<svg', `<svg width="${width}" height="${height}"`)));
  context.drawImage(image, (WIDTH - width) / 2, TOP);
  return canvas.encode('png');
}
