import { expect, test } from 'vitest';
import { switchLearner } from './learner';

/** localStorage with room for so many characters. */
function storageOf(entries: Record<string, string>, room = Infinity) {
  const kept = new Map(Object.entries(entries));
  const used = () => [...kept].reduce((sum, [key, text]) => sum + key.length + text.length, 0);
  const storage = {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem(key: string, text: string) {
      const before = kept.get(key);
      kept.set(key, text);
      if (used() <= room) return;
      if (before === undefined) kept.delete(key);
      else kept.set(key, before);
      throw new DOMException('full', 'QuotaExceededError');
    },
  } as Storage;
  return { kept, storage };
}

test('each learner finds what they did, and settings and what others keep stay', () => {
  const { kept, storage } = storageOf({ 'lab:clusterip': 'before', theme: 'dark', other: 'x' });
  switchLearner(storage, 'a/1');
  expect(kept.get('lab:clusterip')).toBe('before');
  kept.set('progress:clusterip:reached:made', 'true');
  switchLearner(storage, 'b');
  expect([...kept.keys()].filter((key) => /^(lab|progress):/.test(key))).toEqual([]);
  expect([kept.get('theme'), kept.get('other')]).toEqual(['dark', 'x']);
  kept.set('lab:clusterip', 'of b');
  switchLearner(storage, 'b');
  expect(kept.get('lab:clusterip')).toBe('of b');
  switchLearner(storage, 'a/1');
  expect([kept.get('lab:clusterip'), kept.get('progress:clusterip:reached:made')]).toEqual(['before', 'true']);
  switchLearner(storage, 'b');
  expect([kept.get('lab:clusterip'), kept.get('progress:clusterip:reached:made')]).toEqual(['of b', undefined]);
});

test('a full storage forgets rather than to tell of somebody else', () => {
  const { kept, storage } = storageOf({ 'lms-learner': 'a', 'lab:x': 'a'.repeat(20) }, 40);
  switchLearner(storage, 'b');
  expect([...kept]).toEqual([['lms-learner', 'b']]);
});
