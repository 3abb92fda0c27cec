import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readMessage } from '../../src/components/Embed/protocol';
import { readParameters } from '../../src/components/Embed/parameters';
import { createLab } from '../../src/lab';
import { runLine } from '../../src/lab/drive';
import { digestOf, parseSavedLab, type SavedLab } from '../../src/lab/log';
import { readProgress } from '../../src/lab/progress/stored';
import { decodeLab } from '../../src/lab/share';
import { getScenario } from '../../src/lab/scenarios';
import type { Lab } from '../../src/lab/types';
import type { KeyValueStorage } from '../../src/shell/history';
import { hostileNames } from '../fuzz/words';
import { hostileLines, linesFiles } from './inputs/lines';
import { hostileActions, hostileLinks } from './inputs/links';
import { hostileManifests } from './inputs/manifests';
import { hostileMessages } from './inputs/messages';
import { hostileTexts } from './inputs/stored';

const timeout = 120_000;
const scenario = getScenario('clusterip');

/** What JavaScript says when something was missing, and what a fault of ours is shown as. */
const inner =
  /this simulator failed|\[object Object\]|Cannot (read|set) propert|is not a function|is not iterable|Maximum call stack|Invalid (string|array) length/;
/** Acts on a terminal, or reorders and hides what a reader sees. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
/** What the line editor writes for itself: carriage returns, and moves and colours of the cursor. */
// eslint-disable-next-line no-control-regex -- likewise
const editors = /\r|\u001b\[[\d;?]*[A-Za-z]/g;

/** A lab whose screen is watched. */
function watched(): { lab: Lab; screen: () => string } {
  const lab = createLab(scenario);
  let screen = '';
  lab.terminal.onOutput((text) => (screen += text));
  return { lab, screen: () => screen.replaceAll(editors, '') };
}

const own = (prototype: object) => Object.getOwnPropertyNames(prototype).sort().join();
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const before = prototypes.map(own);

afterEach(() => {
  expect(prototypes.map(own)).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const short = (text: string) => JSON.stringify(text).slice(0, 60);

describe('a hostile manifest', () => {
  const objects = (lab: Lab) => lab.exportManifests();

  it.each(hostileManifests.map((one) => [one.what, one] as const))(
    '%s: a clear error or an honest success',
    async (_, { text, expected }) => {
      const { lab, screen } = watched();
      const clean = await objects(lab);
      for (const { errors } of await lab.dryRun(text)) for (const { message } of errors) expect(message).not.toMatch(inner);
      lab.writeFile('a.yaml', text);
      for (const line of [
        'kubectl apply --dry-run=client -f a.yaml',
        'kubectl apply -f a.yaml',
        'kubectl apply --server-side --force-conflicts -f a.yaml',
        'kubectl create --validate=false -f a.yaml',
        'kubectl delete --wait=false -f a.yaml',
      ]) {
        const { exit, stdout, stderr } = await runLine(lab, line, 2000);
        expect(stdout + stderr).not.toMatch(inner);
        if (exit !== 0) expect(stderr).toMatch(/\S/);
        if (expected === 'refused' && line === 'kubectl apply -f a.yaml') {
          expect(exit, stdout).not.toBe(0);
          expect(await objects(lab)).toBe(clean);
        }
      }
      expect(screen()).not.toMatch(acting);
      expect((await runLine(lab, 'kubectl get svc kubernetes')).exit).toBe(0);
      lab.dispose();
    },
    timeout,
  );
});

describe('a hostile command line', () => {
  it.each(hostileLines.map((one) => [one.what, one] as const))(
    '%s: ends, by itself or by Ctrl-C',
    async (_, { line }) => {
      const { lab, screen } = watched();
      for (const [name, text] of Object.entries(linesFiles)) lab.writeFile(name, text);
      const { stdout, stderr } = await runLine(lab, line, 3000);
      expect(stdout + stderr).not.toMatch(inner);
      expect(lab.terminal.busy).toBe(false);
      expect(screen()).not.toMatch(acting);
      expect(lab.terminal.transcript.map(({ output }) => output).join('')).not.toMatch(acting);
      if (lab.terminal.place !== 'internet') return;
      expect((await runLine(lab, 'kubectl get svc kubernetes')).exit).toBe(0);
      lab.dispose();
    },
    timeout,
  );
});

describe('a hostile link', () => {
  it.each(hostileLinks.map((one) => [one.what, one] as const))('%s: is refused', async (_, { text, problem }) => {
    expect(await decodeLab(text)).toEqual({ problem });
  });

  it.each(hostileActions.map((actions, index) => [index, actions] as const))(
    'actions %i: are as harmless as typed',
    async (_, actions) => {
      const saved = parseSavedLab(
        JSON.stringify({
          version: 1,
          scenario: scenario.name,
          digest: digestOf(scenario),
          time: 20_000,
          actions: actions.map((action, index) => ({ at: index * 1000, ...action })),
        }),
      ) as SavedLab;
      const lab = createLab(scenario, { shared: saved });
      let screen = '';
      lab.terminal.onOutput((text) => (screen += text));
      await lab.ready;
      lab.terminal.interrupt();
      await lab.rest();
      const output = lab.terminal.transcript.map((entry) => entry.output).join('');
      expect(output).not.toMatch(inner);
      expect(output).not.toMatch(acting);
      expect(screen.replaceAll(editors, '')).not.toMatch(acting);
      expect((await runLine(lab, 'kubectl get svc kubernetes')).exit).toBe(0);
      lab.dispose();
    },
  );
});

describe('a hostile page around an embed', () => {
  it.each(hostileMessages.map((message, index) => [index, message] as const))('message %i: is not heard', (_, message) => {
    expect(readMessage(message)).toBeUndefined();
  });

  const page = { id: 'x', lang: 'ko', scenario: 'clusterip', goals: ['a'], views: ['map'], scenarios: ['clusterip'] } as const;
  it.each(hostileNames.map((name) => [short(name), name] as const))('parameters %s: are as if they were not there', (_, name) => {
    const search = `?${new URLSearchParams(['lang', 'theme', 'view', 'step', 'height', 'ctl', 'scenario'].map((key) => [key, name]))}`;
    const { values } = readParameters(search, { ...page, goals: ['a'], views: ['map'], scenarios: ['clusterip'] });
    expect(['ko', 'en']).toContain(values.lang);
    expect(['light', 'dark', 'auto']).toContain(values.theme);
    expect(values.view).toBe('map');
    expect([0, 1]).toContain(values.step);
    expect(values.scenario).toBe('clusterip');
  });
});

/** Storage that has the same text under each key, and may throw. */
class Stored implements KeyValueStorage {
  readonly written = new Map<string, string>();
  readonly removed = new Set<string>();

  constructor(
    private readonly text: string | null,
    private readonly throws: 'get' | 'set' | undefined = undefined,
  ) {}

  getItem(key: string): string | null {
    if (this.throws === 'get') throw new DOMException('denied', 'SecurityError');
    return this.written.get(key) ?? (this.removed.has(key) ? null : this.text);
  }

  setItem(key: string, text: string): void {
    if (this.throws === 'set') throw new DOMException('full', 'QuotaExceededError');
    this.written.set(key, text);
  }

  removeItem(key: string): void {
    if (this.throws !== undefined) throw new DOMException('denied', 'SecurityError');
    this.written.delete(key);
    this.removed.add(key);
  }
}

describe('hostile storage', () => {
  it.each(hostileTexts.map((text) => [short(text), text] as const))('%s: is set aside, and the lab begins', async (_, text) => {
    const storage = new Stored(text);
    const lab = createLab(scenario, { storage });
    await lab.ready;
    expect(lab.getSnapshot().problem).toMatch(/unreadable|outdated/);
    expect(storage.written.get('lab-set-aside:clusterip')).toBe(text);
    expect((await runLine(lab, 'kubectl get svc kubernetes')).exit).toBe(0);
    expect(parseSavedLab(storage.written.get('lab:clusterip') ?? '')?.actions).toHaveLength(1);
    expect(readProgress(storage, [], '2026-01-01')).toBeDefined();
    lab.dispose();
  });

  it.each(['get', 'set'] as const)('that throws at each %s: the lab lives as long as the page', async (throws) => {
    const lab = createLab(scenario, { storage: new Stored(null, throws) });
    await lab.ready;
    expect((await runLine(lab, 'kubectl get svc kubernetes')).exit).toBe(0);
    lab.predict('q', 'a');
    await lab.undo();
    lab.reset();
    expect(lab.getSnapshot().problem).toBeUndefined();
    lab.dispose();
  });
});

afterAll(() => {
  const counts = {
    manifests: hostileManifests.length,
    'command lines': hostileLines.length,
    links: hostileLinks.length + hostileActions.length,
    messages: hostileMessages.length + hostileNames.length,
    'stored texts': hostileTexts.length,
    names: hostileNames.length,
  };
  console.log(
    `hostile inputs: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  );
});
