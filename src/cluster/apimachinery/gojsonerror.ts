/** What Go's encoding/json says about a text that is no JSON: the first character it did not expect and what it looked for. */
export function goJsonError(text: string): string {
  const stack: string[] = [];
  let expect: 'value' | 'key' | 'colon' | 'after' | 'first-key' = 'value';
  const unexpected = (char: string, where: string) =>
    `invalid character ${char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${char}'`} ${where}`;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    if (/\s/.test(char)) continue;
    const top = stack.at(-1);
    if (expect === 'key' || expect === 'first-key') {
      if (expect === 'first-key' && char === '}') {
        stack.pop();
        expect = 'after';
        continue;
      }
      if (char !== '"') return unexpected(char, 'looking for beginning of object key string');
      index = endOfString(text, index);
      expect = 'colon';
    } else if (expect === 'colon') {
      if (char !== ':') return unexpected(char, 'after object key');
      expect = 'value';
    } else if (expect === 'after') {
      if (!top) return unexpected(char, 'after top-level value');
      if (char === ',') expect = top === '{' ? 'key' : 'value';
      else if (char === (top === '{' ? '}' : ']')) stack.pop();
      else return unexpected(char, top === '{' ? 'after object key:value pair' : 'after array element');
    } else if (char === '{' || char === '[') {
      stack.push(char);
      expect = char === '{' ? 'first-key' : 'value';
    } else if (char === ']' && top === '[') {
      stack.pop();
      expect = 'after';
    } else if (char === '"') {
      index = endOfString(text, index);
      expect = 'after';
    } else {
      const word = /^(true|false|null|-?\d+(\.\d+)?([eE][-+]?\d+)?)/.exec(text.slice(index));
      if (!word) return unexpected(char, 'looking for beginning of value');
      index += word[0].length - 1;
      expect = 'after';
    }
  }
  return 'unexpected end of JSON input';
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"') return index;
  }
  return text.length;
}

/** Why Go would not read a text into a map; undefined when it would. */
export function goMapError(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return goJsonError(text);
  }
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  const word = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${word} into Go value of type map[string]interface {}`;
}
