/** Breaks lines between words so that none is longer than `limit` where that can be. Upstream: mitchellh/go-wordwrap. */
export function wordWrap(text: string, limit: number): string {
  let out = '';
  let column = 0;
  let word = '';
  let space = '';
  for (const character of text) {
    if (character === '\n') {
      if (word === '') {
        if (column + space.length <= limit) out += space;
      } else out += space + word;
      out += character;
      [column, word, space] = [0, '', ''];
    } else if (/\s/.test(character) && character !== '\u00a0') {
      if (space === '' || word !== '') {
        column += space.length + word.length;
        out += space + word;
        [word, space] = ['', ''];
      }
      space += character;
    } else {
      word += character;
      if (column + space.length + word.length > limit && word.length < limit) {
        out += '\n';
        [column, space] = [0, ''];
      }
    }
  }
  if (word !== '') out += space + word;
  else if (column + space.length <= limit) out += space;
  return out;
}
