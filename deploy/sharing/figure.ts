import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as cheerio from 'cheerio';
import { parse, type ChildNode } from 'postcss';

const SOURCE = path.join(import.meta.dirname, '../../src');
const css = (file: string): ChildNode[] => parse(readFileSync(path.join(SOURCE, file), 'utf8')).nodes;

/** Colours and fonts of the light theme: `--ink` -> `#18212c`. */
export const tokens = new Map<string, string>();
for (const node of css('css/tokens.css'))
  if (node.type === 'rule' && node.selector === ':root') node.walkDecls(({ prop, value }) => void tokens.set(prop, value));

/** Class names of the map with what they set, in the order of the style sheet. */
const rules: { classes: string[]; sets: [property: string, value: string][] }[] = [];
for (const node of css('components/ClusterMap/picture.module.css')) {
  if (node.type !== 'rule') continue;
  const sets = node.nodes.flatMap((child): [string, string][] =>
    child.type === 'decl' ? [[child.prop, resolved(child.prop, child.value)]] : [],
  );
  rules.push({ classes: node.selectors.map((selector) => selector.slice(1)), sets });
}

/** What a drawing program without variables, `color-mix()` and lists of fonts understands. */
function resolved(property: string, value: string): string {
  const plain = value.replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
    const token = tokens.get(name);
    if (token === undefined) throw new Error(`the map's style sheet uses ${name}, which tokens.css does not set`);
    return token;
  });
  if (property === 'font-family') return /^'([^']+)'/.exec(plain)![1]!;
  return plain.replace(/color-mix\(in srgb, (#\w{6}) (\d+)%, (#\w{6})\)/, (_, one: string, part: string, other: string) =>
    mixed(one, Number(part) / 100, other),
  );
}

function mixed(one: string, part: number, other: string): string {
  const channel = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  const mix = (at: number) => Math.round(channel(one, at) * part + channel(other, at) * (1 - part));
  return `#${[1, 3, 5].map((at) => mix(at).toString(16).padStart(2, '0')).join('')}`;
}

export interface Figure {
  /** SVG that needs no style sheet. */
  svg: string;
  /** Its own, px. */
  width: number;
  height: number;
}

/** The first map of a built page, as it stands there before it is live; undefined where there is none. */
export function figureOf(html: string): Figure | undefined {
  const $ = cheerio.load(html);
  // The wide one of the two that a page has for wide and narrow columns. The build adds a hash to class names.
  const svg = $('svg[class*="onlyWide_"]').first();
  const [, , width, height] = (svg.attr('viewBox') ?? svg.attr('viewbox') ?? '').split(' ').map(Number);
  if (!width || !height) return undefined;
  for (const element of svg.find('[class]')) {
    const classes = $(element)
      .attr('class')!
      .split(/\s+/)
      .map((name) => name.replace(/_.*/, ''));
    $(element).removeAttr('class');
    for (const rule of rules)
      if (rule.classes.some((name) => classes.includes(name))) $(element).attr(Object.fromEntries(rule.sets));
  }
  svg.removeAttr('class').removeAttr('style').attr({ xmlns: 'http://www.w3.org/2000/svg' });
  return { svg: $.xml(svg), width, height };
}
