const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A text in base64, as Secrets hold it: its UTF-8 bytes. Half of a surrogate pair becomes U+FFFD. */
export function base64(text: string): string {
  return bytesToBase64(utf8(text));
}

export function bytesToBase64(bytes: readonly number[]): string {
  let encoded = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (shift: number) => DIGITS[(bits >> shift) & 63]!;
    encoded += digit(18) + digit(12) + (b === undefined ? '=' : digit(6)) + (c === undefined ? '=' : digit(0));
  }
  return encoded;
}

/** The bytes of a base64 text; what is not of the alphabet is passed over. */
export function base64ToBytes(text: string): number[] {
  const digits = [...text].map((character) => DIGITS.indexOf(character)).filter((digit) => digit >= 0);
  const bytes: number[] = [];
  for (let i = 0; i + 1 < digits.length; i += 4) {
    const [a = 0, b = 0, c, d] = digits.slice(i, i + 4);
    bytes.push((a << 2) | (b >> 4));
    if (c !== undefined) bytes.push(((b & 15) << 4) | (c >> 2));
    if (c !== undefined && d !== undefined) bytes.push(((c & 3) << 6) | d);
  }
  return bytes;
}

/** Where a text stops being base64, as Go's strict decoder counts (base64.CorruptInputError); undefined when all of it is. */
export function base64Fault(text: string): number | undefined {
  const bytes = utf8(text);
  const isNewline = (at: number) => bytes[at] === 10 || bytes[at] === 13;
  let [at, digits] = [0, 0];
  for (; at < bytes.length; at++) {
    if (isNewline(at)) continue;
    if (bytes[at] === PADDING) break;
    if (!DIGITS.includes(String.fromCharCode(bytes[at]!))) return at;
    digits++;
  }
  const inGroup = digits % 4;
  if (at === bytes.length) return inGroup === 0 ? undefined : at - inGroup;
  if (inGroup < 2) return at;
  const pass = () => {
    do at++;
    while (isNewline(at));
  };
  pass();
  if (inGroup === 2) {
    if (at >= bytes.length) return bytes.length;
    if (bytes[at] !== PADDING) return at - 1;
    pass();
  }
  return at < bytes.length ? at : undefined;
}

/** `=` */
const PADDING = 61;

/** The text that a base64 text stands for; bytes that are not UTF-8 become U+FFFD. */
export function fromBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(base64ToBytes(text)));
}

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
