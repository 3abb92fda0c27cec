import type { Json } from '../cluster/apimachinery/object';
import { DIRECTIVES } from '../kubectl/completion/directives';
import { resolvePath } from './files';
import { loadKubectl, loadedKubectl } from './programs/loadkubectl';
import type { Shell } from './shell';
import { wordsBefore } from './words';

export interface Completion extends Offered {
  /** Where the completed word begins in the text before the cursor. */
  start: number;
  /** Whole words that fit, sorted; a `/` or `=` at the end means that more follows. */
  candidates: string[];
}

interface Offered {
  candidates: readonly string[];
  /** More is to be typed behind the one that fits. */
  noSpace?: boolean;
  /** Something must be loaded first; ask again then. */
  pending?: Promise<unknown>;
}

/** What Tab offers for the text before the cursor. */
export function complete(shell: Shell, before: string): Completion {
  const words = wordsBefore(before);
  const last = words.at(-1) ?? { text: '', start: before.length, end: before.length };
  const typed = words.map((word) => word.text);
  const word = last.text;
  const { candidates: offered, ...more } = words.length === 1 ? { candidates: programs(shell) } : argumentsOf(shell, typed);
  const candidates = [...new Set(offered)].filter((one) => one.startsWith(word)).sort();
  return { start: last.start, candidates, ...more };
}

function programs(shell: Shell): string[] {
  return [...shell.programsOf(shell.frame.machine).keys()];
}

function argumentsOf(shell: Shell, words: string[]): Offered {
  const program = words[0] ?? '';
  const word = words.at(-1) ?? '';
  if (program === 'kubectl' || program === 'k') return kubectl(shell, words.slice(1));
  if (program === 'ssh')
    return { candidates: shell.frame.machine.kind === 'node' ? [] : ['vm', ...names(shell, '/api/v1/nodes')] };
  if (['curl', 'ping', 'nslookup', 'echo', 'sleep'].includes(program)) return { candidates: [] };
  return { candidates: paths(shell, word, program === 'cd') };
}

/** As a shell does what `kubectl __complete` tells it. */
function kubectl(shell: Shell, words: string[]): Offered {
  const answer = loadedKubectl()?.completeKubectl(shell, words);
  if (!answer) return { candidates: [], pending: loadKubectl() };
  const word = words.at(-1) ?? '';
  const given = /^-[^=]*=/.exec(word)?.[0] ?? '';
  const { directive } = answer;
  const has = (bit: number) => (directive & bit) !== 0;
  const files = (fits: (path: string) => boolean): Offered => ({
    candidates: paths(shell, word.slice(given.length))
      .filter(fits)
      .map((path) => given + path),
  });
  const values = answer.candidates.map(({ value }) => value);
  if (has(DIRECTIVES.FilterFileExt)) return files((path) => path.endsWith('/') || values.some((end) => path.endsWith(`.${end}`)));
  if (values.length === 0 && !has(DIRECTIVES.NoFileComp)) return files(() => true);
  return { candidates: values.map((value) => given + value), noSpace: has(DIRECTIVES.NoSpace) };
}

function names(shell: Shell, path: string): string[] {
  const response = shell.world.api.handle({ method: 'GET', path });
  if (response.status !== 200) return [];
  return ((response.body.items ?? []) as Json[]).map((item) => item.metadata.name as string);
}

function paths(shell: Shell, word: string, directoriesOnly = false): string[] {
  const { directory, machine } = shell.frame;
  const slash = word.lastIndexOf('/');
  const head = word.slice(0, slash + 1);
  const base = head.startsWith('~/') ? machine.files.home + head.slice(1) : head;
  const folder = resolvePath(directory, base === '' ? '.' : base);
  const shown = (machine.files.list(folder) ?? []).filter(
    (name) => word.slice(slash + 1).startsWith('.') || !name.startsWith('.'),
  );
  return shown
    .map((name) => (machine.files.isDirectory(resolvePath(folder, name)) ? `${head}${name}/` : head + name))
    .filter((name) => !directoriesOnly || name.endsWith('/'));
}
