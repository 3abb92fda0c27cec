import { ageSeconds, type Atom, atoms, blank, isNodePort, isServiceAddress, stem } from './atoms';

const freelyDifferent = new Set(['time', 'ctime', 'tmp']);
const versionBefore = /resourceVersion\W{1,6}$|resource-version\W{1,4}$|\$rv$/;

/** What stands for what between a recording and its replay, one to one within a file. */
export class Masks {
  private forward = new Map<string, string>();
  private backward = new Map<string, string>();

  /** Whether both texts are the same but for random parts, which must map as they did before. */
  same(recorded: string, actual: string): boolean {
    if (recorded === actual) return true;
    const saved = [new Map(this.forward), new Map(this.backward)] as const;
    const left = atoms(recorded);
    const right = atoms(actual);
    let equal = left.length === right.length;
    let resized = false;
    let spacing = false;
    let before = '';
    for (let i = 0; equal && i < left.length; i++) {
      const [a, b] = [left[i] as Atom, right[i] as Atom];
      if (a.text !== b.text) {
        if (a.kind === 'ws' && b.kind === 'ws') spacing = true;
        else if (!this.atom(a, b, before)) equal = false;
        else if (a.text.length !== b.text.length) resized = true;
      }
      before = (before + a.text).slice(-24);
    }
    // Columns move only when something in them got longer or shorter.
    if (equal && (resized || !spacing)) return true;
    [this.forward, this.backward] = saved;
    return false;
  }

  /** As `same`, but rows may come in another order where random names decide it. */
  sameOutput(recorded: string, actual: string): boolean {
    if (this.same(recorded, actual)) return true;
    const rows = recorded.split('\n').map(blank);
    if (!rows.some((row) => row.includes('<r>'))) return false;
    return rows.sort().join('\n') === actual.split('\n').map(blank).sort().join('\n');
  }

  private atom(a: Atom, b: Atom, before: string): boolean {
    if (a.kind !== b.kind) return false;
    if (freelyDifferent.has(a.kind)) return true;
    if (a.kind === 'uid' || a.kind === 'hash') return this.pair(a.kind, a.text, b.text);
    if (a.kind === 'age') return Math.abs(ageSeconds(a.text) - ageSeconds(b.text)) <= 2;
    if (a.kind === 'ip') return isServiceAddress(a.text) && isServiceAddress(b.text) && this.pair('ip', a.text, b.text);
    if (a.kind === 'num')
      return isNodePort(a.text) && isNodePort(b.text) ? this.pair('port', a.text, b.text) : versionBefore.test(before);
    if (a.kind !== 'name') return false;
    return (['suffix', 'hash'] as const).some((how) => {
      const prefix = stem(a.text, how);
      return prefix !== undefined && prefix === stem(b.text, how) && this.pair('name', a.text, b.text);
    });
  }

  private pair(kind: string, a: string, b: string): boolean {
    const [left, right] = [`${kind} ${a}`, `${kind} ${b}`];
    if (!this.forward.has(left)) this.forward.set(left, b);
    if (this.forward.get(left) !== b) return false;
    if (!this.backward.has(right)) this.backward.set(right, a);
    return this.backward.get(right) === a;
  }
}
