import { expect, it } from 'vitest';
import type { Recording, Step } from './recording';
import { RecordedUids } from './recordeduids';

const step = (stdout: string): Step => ({
  cmd: 'kubectl',
  files: {},
  stdin: null,
  exit: 0,
  stdout,
  stderr: '',
  start: 0,
  end: 0,
});
const pod = (name: string, uid: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: default\n  uid: ${uid}\n`;

it('gives each object the next uid that is shown of its name, once', () => {
  const list = { kind: 'List', items: [{ kind: 'Service', metadata: { name: 'a', namespace: 'default', uid: 's' } }] };
  const steps = [
    step(pod('a', 'one')),
    step('pod "a" deleted'),
    step(pod('a', 'two') + '---\n' + pod('b', 'other')),
    step(JSON.stringify(list, undefined, 4)),
    step('uid: three\nnot: [yaml'),
    step('  targetRef:\n    kind: Pod\n    name: late\n    namespace: default\n    uid: four\n'),
    step('apiVersion: v1\nsubsets:\n- targetRef:\n    kind: Pod\n    name: late\n    namespace: default\n    uid: four\n'),
  ];
  const uids = new RecordedUids({ scenario: '', nodes: [], steps } satisfies Recording);
  expect(uids.next('Pod', 'default', 'a')).toBe('one');
  uids.enter(steps[1]!);
  expect(uids.next('Pod', 'default', 'a')).toBe('two');
  expect(uids.next('Pod', 'default', 'a')).toBeUndefined();
  expect(uids.next('Service', 'default', 'a')).toBe('s');
  expect(uids.next('Pod', 'default', 'late')).toBe('four');
  uids.enter(steps[3]!);
  expect(uids.next('Pod', 'default', 'b')).toBeUndefined();
});
