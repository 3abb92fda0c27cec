import { fromBase64 } from '../../cluster/apimachinery/base64';

/** The text that base64 stands for; where it does not, the offset of the mistake. Upstream: encoding/base64 StdEncoding. */
export function decodeBase64(text: string): string | number {
  const plain = text.replace(/[\r\n]/g, '');
  const body = plain.replace(/={1,2}$/, '');
  const wrong = body.search(/[^A-Za-z0-9+/]/);
  if (wrong >= 0) return wrong;
  if (plain.length % 4 !== 0 || body.length % 4 === 1) return plain.length;
  return fromBase64(body);
}
