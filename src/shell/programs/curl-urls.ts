/** More addresses than that are a mistake here. */
const MAX_URLS = 1000;

/**
 * What an address with `[1-5]`, `[a-e:2]` or `{one,two}` stands for, the last of them running fastest. A string is curl's complaint.
 * Upstream: src/tool_urlglob.c
 */
export function expandUrl(url: string): string[] | string {
  let all = [''];
  for (let at = 0; at < url.length;) {
    const rest = url.slice(at);
    const [whole = '', values] = piece(rest);
    if (whole === '') return `bad range in URL position ${at + 2}:\n${url}\n${' '.repeat(at + 1)}^`;
    all = all.flatMap((start) => values!.map((value) => start + value));
    if (all.length > MAX_URLS) return `this simulator does not fetch more than ${MAX_URLS} URLs at once`;
    at += whole.length;
  }
  return all;
}

function piece(text: string): [string, string[]] | [] {
  const set = /^\{([^{}]*)\}/.exec(text);
  if (set) return [set[0], set[1]!.split(',')];
  const numbers = /^\[(\d+)-(\d+)(?::(\d+))?\]/.exec(text);
  if (numbers)
    return range(numbers, Number, (value) => String(value).padStart(numbers[1]!.startsWith('0') ? numbers[1]!.length : 0, '0'));
  const letters = /^\[([a-z])-([a-z])(?::(\d+))?\]/i.exec(text);
  if (letters) return range(letters, (letter) => letter.charCodeAt(0), String.fromCharCode);
  const plain = /^[^[{]+/.exec(text)?.[0];
  return plain === undefined ? [] : [plain, [plain]];
}

function range(
  [whole, first = '', last = '', step = '1']: RegExpExecArray,
  read: (text: string) => number,
  write: (value: number) => string,
): [string, string[]] | [] {
  const [from, to, by] = [read(first), read(last), Number(step)];
  if (from > to || by < 1) return [];
  const count = Math.min(Math.floor((to - from) / by) + 1, MAX_URLS + 1);
  return [whole, Array.from({ length: count }, (_, index) => write(from + index * by))];
}
