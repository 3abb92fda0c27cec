/** One character of a pattern: whether it fits, or any number of any characters. */
type Piece = '*' | ((character: string) => boolean);

/** Whether a text has pieces in a row. Going back is only ever to the last star, so that it takes no more than text times pattern. */
function fits(pieces: readonly Piece[], text: string): boolean {
  let [at, piece] = [0, 0];
  let star: { at: number; piece: number } | undefined;
  while (at < text.length) {
    const wanted = pieces[piece];
    if (wanted === '*') star = { at, piece: ++piece };
    else if (wanted?.(text[at]!)) [at, piece] = [at + 1, piece + 1];
    else if (star) [at, piece] = [++star.at, star.piece];
    else return false;
  }
  return pieces.slice(piece).every((rest) => rest === '*');
}

const only = (wanted: string) => (character: string) => character === wanted;

/** A pattern in which `*` alone means something. */
export function starMatcher(pattern: string): (text: string) => boolean {
  const pieces = Array.from({ length: pattern.length }, (_, index): Piece =>
    pattern[index] === '*' ? '*' : only(pattern[index]!),
  );
  return (text) => fits(pieces, text);
}

/** Characters and ranges of them, none of which is a bare `-` or `]`. */
const RANGE = /^\[(\^?)((?:(?:\\.|[^-\\\]])(?:-(?:\\.|[^-\\\]]))?)+)\]/s;

/** A pattern for names of files; undefined for a plain name, null for none. Upstream: path/filepath Match. */
export function globMatcher(pattern: string): ((text: string) => boolean) | undefined | null {
  if (!/[*?[\\]/.test(pattern)) return undefined;
  const pieces: Piece[] = [];
  for (let rest = pattern; rest !== '';) {
    const [range, not, characters] = RANGE.exec(rest) ?? [];
    if (range !== undefined) pieces.push(rangeOf(characters!, not === '^'));
    else if (rest[0] === '*') pieces.push('*');
    else if (rest[0] === '?') pieces.push(() => true);
    else if (rest[0] === '[' || rest === '\\') return null;
    else pieces.push(only(rest[0] === '\\' ? rest[1]! : rest[0]!));
    rest = rest.slice(range?.length ?? (rest[0] === '\\' ? 2 : 1));
  }
  return (text) => fits(pieces, text);
}

function rangeOf(text: string, not: boolean): Piece {
  const ranges = [...text.matchAll(/(\\.|[^-\\])(?:-(\\.|[^-\\]))?/gs)].map(([, from = '', to = from]) =>
    [from, to].map((end) => end.at(-1)!),
  );
  return (character) => ranges.some(([from = '', to = '']) => from <= character && character <= to) !== not;
}
