import type { Json } from '../../apimachinery/object';

/**
 * What a container's own command writes before it comes to rest, line by line: `sleep`, `tail -f /dev/null`, a shell, and scripts of
 * `echo` and `sleep`. Undefined for any other: commands of containers are not run here.
 */
export function scriptLog({ command = [], args = [] }: Json): readonly string[] | undefined {
  const words: string[] = [...command, ...args];
  const [program = '', ...rest] = words;
  const name = program.replace(/^.*\//, '');
  // a shell without a script waits for its input, and writes nothing to itself
  if (words.length === 0) return [];
  if (!/^(sh|ash|bash)$/.test(name)) return isQuiet(words) ? [] : name === 'echo' ? [rest.join(' ')] : undefined;
  if (rest.length === 0) return [];
  if (!/^-\w*c$/.test(rest[0] ?? '') || rest[1] === undefined) return undefined;
  return scriptLines(rest[1]);
}

function scriptLines(script: string): readonly string[] | undefined {
  const lines: string[] = [];
  // a loop that only sleeps
  const text = script.replace(/while (true|:|\[ 1 \]);?\s*do\s+(sleep \w+;?\s*)done/g, 'sleep infinity');
  for (const statement of text.split(/;|&&|\n/)) {
    const trimmed = statement.trim();
    if (trimmed === '') continue;
    const words = plain(trimmed);
    if (!words) return undefined;
    if (words[0] === 'exec') words.shift();
    if (words[0] === 'echo') lines.push(words.slice(1).join(' '));
    else if (!isQuiet(words)) return undefined;
    else if (!/^\d/.test(words[1] ?? '')) break;
    else return lines; // it sleeps; what comes after is not looked at
  }
  return lines;
}

/** Programs that wait and write nothing. */
function isQuiet([name = '', first = '', second = '']: readonly string[]): boolean {
  const base = name.replace(/^.*\//, '');
  return base === 'sleep' || base === 'pause' || (base === 'tail' && first === '-f' && second === '/dev/null');
}

/** The words of a statement without expansions, redirections and pipes; undefined when it has any. */
function plain(statement: string): string[] | undefined {
  const words: string[] = [];
  const token = /\s*(?:'([^']*)'|"([^"$`\\]*)"|([\w./:=,+@%!-]+))(?=\s|$)/y;
  while (token.lastIndex < statement.length) {
    const match = token.exec(statement);
    if (!match) return undefined;
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return words;
}
