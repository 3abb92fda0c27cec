import { setAside } from '../../src/lab/storage';

/** What this site keeps in a browser about what somebody did; settings are not among it, nor what others keep at the same address. */
const DONE = /^(?:progress|predictions|lab|lab-set-aside|runs|runs-set-aside):|^(?:history|exam-seed|learner)$/;

const CURRENT = 'lms-learner';
const aside = (learner: string): string => `lms-aside:${encodeURIComponent(learner)}:`;

/**
 * Several learners may use one browser, and a platform must not be told of one what another did. What belongs to the learner before is set
 * aside under other keys, and what was set aside of this one comes back. What was done without a platform belongs to who comes first.
 * What a full storage has no room for is forgotten: better than to tell it of somebody else, and the platform knows what it was told.
 */
export function switchLearner(storage: Storage, learner: string): void {
  const before = storage.getItem(CURRENT);
  if (before === learner) return;
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)!);
  const move = (from: string, to: string) => setAside(storage, from, to, storage.getItem(from)!);
  if (before !== null) {
    for (const key of keys.filter((one) => DONE.test(one))) move(key, aside(before) + key);
    for (const key of keys) if (key.startsWith(aside(learner))) move(key, key.slice(aside(learner).length));
  }
  storage.setItem(CURRENT, learner);
}
