/** What the learner did at the keyboard. `name` is Emacs-like: `C-a`, `M-b`, `up`, `C-left`, `enter`, `tab`, `escape`. */
export type Key = { kind: 'key'; name: string } | { kind: 'text'; text: string } | { kind: 'paste'; text: string };

const finals: Record<string, string> = { A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end', Z: 'backtab' };
const tildes: Record<string, string> = { 1: 'home', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end' };

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/**
 * Turns what xterm's `onData` gives into keys. A terminal also answers queries (cursor position, device attributes, colours, focus,
 * mouse) through the same channel: whoever prints `ESC[6n` could otherwise type for the learner, so every sequence that is no known
 * key is dropped.
 */
export class KeyDecoder {
  private pasted: string | undefined;

  decode(data: string): Key[] {
    const keys: Key[] = [];
    let rest = data;
    while (rest !== '') {
      if (this.pasted !== undefined) {
        const end = rest.indexOf(pasteEnd);
        this.pasted += end < 0 ? rest : rest.slice(0, end);
        if (end < 0) return keys;
        keys.push({ kind: 'paste', text: this.pasted.replace(/\r\n?/g, '\n') });
        this.pasted = undefined;
        rest = rest.slice(end + pasteEnd.length);
      } else if (rest.startsWith(pasteStart)) {
        this.pasted = '';
        rest = rest.slice(pasteStart.length);
      } else {
        rest = rest.slice(this.one(rest, keys));
      }
    }
    return keys;
  }

  /** Decodes the first key of `rest`; returns how many UTF-16 units it took. */
  private one(rest: string, keys: Key[]): number {
    const code = rest.charCodeAt(0);
    if (code === 0x1b) return escapeSequence(rest, keys);
    if (code >= 0x80 && code <= 0x9f) return 1;
    if (code < 0x20 || code === 0x7f) {
      keys.push({ kind: 'key', name: controlName(code) });
      return rest.startsWith('\r\n') ? 2 : 1;
    }
    // eslint-disable-next-line no-control-regex -- text ends where a control character begins
    const text = /^[^\u0000-\u001f\u007f-\u009f]+/.exec(rest)?.[0] ?? rest;
    keys.push({ kind: 'text', text });
    return text.length;
  }
}

function controlName(code: number): string {
  if (code === 0x0d || code === 0x0a) return 'enter';
  if (code === 0x09) return 'tab';
  if (code === 0x7f || code === 0x08) return 'backspace';
  return 'C-' + String.fromCharCode(code + 0x60);
}

function escapeSequence(rest: string, keys: Key[]): number {
  if (rest.length === 1) {
    keys.push({ kind: 'key', name: 'escape' });
    return 1;
  }
  // Strings (OSC, DCS, SOS, PM, APC) up to their terminator: always answers.
  // eslint-disable-next-line no-control-regex -- BEL and ESC \ end them
  const string = /^\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|$)/.exec(rest);
  if (string) return string[0].length;
  const ss3 = /^\x1bO([A-Za-z])/.exec(rest); // eslint-disable-line no-control-regex -- ESC O
  if (ss3) {
    const name = finals[ss3[1] ?? ''];
    if (name) keys.push({ kind: 'key', name });
    return ss3[0].length;
  }
  if (rest[1] === '[') {
    if (rest.startsWith('\x1b[M') && rest.length >= 6) return 6; // X10 mouse report
    const csi = /^\x1b\[([0-?]*)([ -/]*)([@-~])/.exec(rest); // eslint-disable-line no-control-regex -- ESC [
    if (!csi) return rest.length;
    const name = csi[2] === '' ? csiName(csi[1] ?? '', csi[3] ?? '') : undefined;
    if (name) keys.push({ kind: 'key', name });
    return csi[0].length;
  }
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  const code = character.charCodeAt(0);
  if (code === 0x1b) {
    keys.push({ kind: 'key', name: 'escape' });
    return 1;
  }
  keys.push({ kind: 'key', name: 'M-' + (code < 0x20 || code === 0x7f ? controlName(code) : character.toLowerCase()) });
  return 1 + character.length;
}

function csiName(parameters: string, final: string): string | undefined {
  const key = /^(\d*)(?:;(\d+))?$/.exec(parameters);
  if (!key) return undefined;
  const modifier = Number(key[2] ?? 1) - 1;
  const prefix = (modifier & 4 ? 'C-' : '') + (modifier & 2 ? 'M-' : '');
  const name = final === '~' ? tildes[key[1] ?? ''] : key[1] === '' || key[1] === '1' ? finals[final] : undefined;
  return name && prefix + name;
}
