/** What Go's encoding/json says about a text that is no JSON: the first character it did not expect and what it looked for. */
export function goJsonError(text: string): string {
  const stack: string[] = [];
  let expect: 'value' | 'key' | 'colon' | 'after' | 'first-key' = 'value';
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
      if (!word) return unfinishedLiteral(text.slice(index)) ?? unexpected(char, 'looking for beginning of value');
      index += word[0].length - 1;
      expect = 'after';
    }
  }
  return 'unexpected end of JSON input';
}

const unexpected = (char: string, where: string): string =>
  `invalid character ${char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${char}'`} ${where}`;

/** Where one of JSON's words goes wrong; undefined when none of them begins here. */
function unfinishedLiteral(text: string): string | undefined {
  const word = ['true', 'false', 'null'].find((each) => text.startsWith(each[0]!));
  if (word === undefined) return undefined;
  const at = [...word].findIndex((char, index) => text[index] !== char);
  const char = text[at];
  return char === undefined ? 'unexpected end of JSON input' : unexpected(char, `in literal ${word} (expecting '${word[at]}')`);
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
  try {
    return notAMap(JSON.parse(text));
  } catch {
    return goJsonError(text);
  }
}

/** Why Go would not read a value into a map; undefined when it would, as it does null. */
export function notAMap(value: unknown): string | undefined {
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  return `json: cannot unmarshal ${goJsonWord(value)} into Go value of type map[string]interface {}`;
}

/** The type of a JSON value as errors of Go's encoding/json name it. */
export function goJsonWord(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
}
