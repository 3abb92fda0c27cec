import type { ITheme } from '@xterm/xterm';

/** The site's colours as the terminal wants them: read from the custom properties that are in force at an element. */
export function themeAt(element: Element): ITheme {
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const paper = read('--paper', '#fdfdfc');
  const ink = read('--ink', '#18212c');
  const soft = read('--ink-soft', '#4c5a69');
  const good = read('--ok', '#00706a');
  const bad = read('--fail', '#a8134f');
  const accent = read('--accent', '#bf4408');
  const link = read('--link', '#1b50a8');
  return {
    background: paper,
    foreground: ink,
    cursor: accent,
    cursorAccent: paper,
    selectionBackground: read('--link-tint', '#fdf0ad'),
    selectionForeground: ink,
    black: ink,
    brightBlack: soft,
    red: bad,
    brightRed: bad,
    green: good,
    brightGreen: good,
    yellow: accent,
    brightYellow: accent,
    blue: link,
    brightBlue: link,
    magenta: bad,
    brightMagenta: bad,
    cyan: good,
    brightCyan: good,
    white: soft,
    brightWhite: ink,
  };
}

/** Calls `listener` when the reader switches between light and dark. Returns the function that stops it. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  return () => observer.disconnect();
}
