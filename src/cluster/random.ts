/** Seeded randomness (sfc32): the only source of it in the core. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  /** @param seed any number; the same seed gives the same sequence in every process */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = 0x9e3779b9 | 0;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** Remembers the place in the sequence. The function it returns goes back there. */
  mark(): () => void {
    const [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d];
    return () => {
      [this.#a, this.#b, this.#c, this.#d] = [a, b, c, d];
    };
  }

  /** An integer in [0, 2^32). */
  uint32(): number {
    // signed inside: V8 keeps such numbers without a box
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    return this.uint32() / 2 ** 32;
  }

  /** An integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** `length` characters of the alphabet of generated names (k8s.io/apimachinery/pkg/util/rand: no vowels, no 0 1 3). */
  suffix(length: number): string {
    const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.integer(alphabet.length)];
    return text;
  }

  /** `length` hexadecimal digits. */
  hex(length: number): string {
    const parts: string[] = [];
    while (parts.length * 8 < length) parts.push(eightDigits(this.uint32()));
    // joined, not added up: a string put together of parts keeps all of them in memory
    const text = parts.join('');
    return text.length > length ? text.slice(0, length) : text;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const a = this.uint32();
    // the version and the variant stand in place of a digit each
    const b = (this.uint32() & 0xffff0fff) | 0x4000;
    const c = this.uint32() & 0x0fffffff;
    const d = this.uint32();
    const variant = 8 + this.integer(4);
    return uuidOf(a, b, c | (variant << 28), d);
  }
}

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** A number in [0, 2^32) in hexadecimal. */
function eightDigits(value: number): string {
  // prettier-ignore
  return String.fromCharCode(
    DIGITS[value >>> 28]!, DIGITS[(value >>> 24) & 15]!, DIGITS[(value >>> 20) & 15]!, DIGITS[(value >>> 16) & 15]!,
    DIGITS[(value >>> 12) & 15]!, DIGITS[(value >>> 8) & 15]!, DIGITS[(value >>> 4) & 15]!, DIGITS[value & 15]!,
  );
}

/** 128 bits as a UUID: one call makes the whole text, because there are very many of them. */
function uuidOf(a: number, b: number, c: number, d: number): string {
  // prettier-ignore
  return String.fromCharCode(
    DIGITS[a >>> 28]!, DIGITS[(a >>> 24) & 15]!, DIGITS[(a >>> 20) & 15]!, DIGITS[(a >>> 16) & 15]!,
    DIGITS[(a >>> 12) & 15]!, DIGITS[(a >>> 8) & 15]!, DIGITS[(a >>> 4) & 15]!, DIGITS[a & 15]!, HYPHEN,
    DIGITS[b >>> 28]!, DIGITS[(b >>> 24) & 15]!, DIGITS[(b >>> 20) & 15]!, DIGITS[(b >>> 16) & 15]!, HYPHEN,
    DIGITS[(b >>> 12) & 15]!, DIGITS[(b >>> 8) & 15]!, DIGITS[(b >>> 4) & 15]!, DIGITS[b & 15]!, HYPHEN,
    DIGITS[c >>> 28]!, DIGITS[(c >>> 24) & 15]!, DIGITS[(c >>> 20) & 15]!, DIGITS[(c >>> 16) & 15]!, HYPHEN,
    DIGITS[(c >>> 12) & 15]!, DIGITS[(c >>> 8) & 15]!, DIGITS[(c >>> 4) & 15]!, DIGITS[c & 15]!,
    DIGITS[d >>> 28]!, DIGITS[(d >>> 24) & 15]!, DIGITS[(d >>> 20) & 15]!, DIGITS[(d >>> 16) & 15]!,
    DIGITS[(d >>> 12) & 15]!, DIGITS[(d >>> 8) & 15]!, DIGITS[(d >>> 4) & 15]!, DIGITS[d & 15]!,
  );
}

const HYPHEN = 45;
