import { parseSavedLab, type SavedLab, savedLabLimits } from './log';

/** Characters of a link's lab, after `#lab=`. */
const shareLimit = 16 * 1024;

/** `version`: made by a later version of the site. `too-long`: over a limit. `damaged`: anything else that cannot be read. */
export type ShareProblem = 'version' | 'too-long' | 'damaged';

const prefix = '1.';

/** A lab as text for a link: a version, then deflated JSON in base64url. Undefined when it would be over the limit. */
export async function encodeLab(saved: SavedLab): Promise<string | undefined> {
  const text = JSON.stringify(saved);
  if (text.length > savedLabLimits.bytes) return undefined;
  const bytes = await readAll(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  const encoded = prefix + toBase64Url(bytes as Uint8Array);
  return encoded.length > shareLimit ? undefined : encoded;
}

/** Reads the text of a link. Hostile input costs no more than the limits; nothing of it is run here. */
export async function decodeLab(text: string): Promise<{ saved: SavedLab } | { problem: ShareProblem }> {
  if (text.length > shareLimit) return { problem: 'too-long' };
  if (/^\d+\./.test(text) && !text.startsWith(prefix)) return { problem: 'version' };
  const bytes = text.startsWith(prefix) ? fromBase64Url(text.slice(prefix.length)) : undefined;
  if (!bytes) return { problem: 'damaged' };
  let inflated: Uint8Array | undefined;
  try {
    inflated = await readAll(
      new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
      savedLabLimits.bytes,
    );
  } catch {
    return { problem: 'damaged' };
  }
  if (!inflated) return { problem: 'too-long' };
  const saved = parseSavedLab(new TextDecoder().decode(inflated));
  return saved ? { saved } : { problem: 'damaged' };
}

/** Undefined when there are more than `limit` bytes; what is beyond is not read. */
async function readAll(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
