const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The text that base64 stands for; where it does not, the offset of the mistake. Upstream: encoding/base64 StdEncoding. */
export function decodeBase64(text: string): string | number {
  const plain = text.replace(/[\r\n]/g, '');
  const body = plain.replace(/={1,2}$/, '');
  const wrong = [...body].findIndex((char) => !ALPHABET.includes(char));
  if (wrong >= 0) return wrong;
  if (plain.length % 4 !== 0 || body.length % 4 === 1) return plain.length;
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of body) {
    bits = ((bits << 6) | ALPHABET.indexOf(char)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
