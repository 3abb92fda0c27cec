/**
 * What an embed and the page that shows it tell each other, by `postMessage`. Every message names its sender and version. docs/embedding.mdx
 * documents it; a change that old pages would misread takes another version.
 */
const SOURCE = 'packet-to-pod';
const VERSION = 1;

export type Theme = 'light' | 'dark' | 'auto';

/** From an embed to its page. */
type Told =
  | { type: 'ready'; id: string; lang: string; height: number }
  /** CSS px that its content takes. */
  | { type: 'height'; height: number }
  /** A goal of its lab was reached, of `total` now `reached`. */
  | { type: 'progress'; id: string; goal: string; reached: number; total: number };

/** From a page to its embed. */
type Heard = { type: 'hello' } | { type: 'theme'; theme: Theme };

const themes: readonly unknown[] = ['light', 'dark', 'auto'];
export const isTheme = (value: unknown): value is Theme => themes.includes(value);

/** The message in some data of unknown origin; undefined for all that is not exactly one of the documented ones. */
export function readMessage(data: unknown): Heard | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const { source, version, type, ...rest } = data as Record<string, unknown>;
  if (source !== SOURCE || version !== VERSION) return undefined;
  const names = Object.keys(rest);
  if (type === 'hello' && names.length === 0) return { type };
  if (type === 'theme' && names.length === 1 && isTheme(rest.theme)) return { type, theme: rest.theme };
  return undefined;
}

/** Tells the page around this frame. Nothing in it is a secret, and where the page is from is not known: hence any origin. */
export function tell(message: Told): void {
  if (window.parent !== window) window.parent.postMessage({ source: SOURCE, version: VERSION, ...message }, '*');
}
