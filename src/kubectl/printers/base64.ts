import { fromBase64 } from '../../cluster/apimachinery/base64';

/** The text that base64 stands for; where it does not, the offset of the mistake. Upstream: encoding/base64 StdEncoding. */
export function decodeBase64(text: string): string | number {
  const lineEnd = /[\r\n]*/y;
  const behindLineEnds = (from: number): number => {
    lineEnd.lastIndex = from;
    return from + (lineEnd.exec(text)?.[0].length ?? 0);
  };
  let at = 0;
  let digits = 0;
  while (at < text.length) {
    const char = text[at++] as string;
    if (char === '\r' || char === '\n') continue;
    if (/[A-Za-z0-9+/]/.test(char)) digits++;
    else if (char !== '=' || digits % 4 < 2) return at - 1;
    else {
      if (digits % 4 === 2) {
        at = behindLineEnds(at);
        if (at === text.length) return at;
        if (text[at] !== '=') return at - 1;
        at++;
      }
      at = behindLineEnds(at);
      return at < text.length ? at : fromBase64(text.replace(/[\r\n=]/g, ''));
    }
  }
  if (digits % 4 > 0) return at - (digits % 4);
  return fromBase64(text.replace(/[\r\n]/g, ''));
}
