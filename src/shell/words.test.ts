import { expect, it } from 'vitest';
import { backgroundParts, needsMore, plainWords } from './words';

it.each([
  ['kubectl get svc  -o wide', ['kubectl', 'get', 'svc', '-o', 'wide']],
  [`kubectl patch svc a -p '{"spec":{"$x":1}}'`, ['kubectl', 'patch', 'svc', 'a', '-p', '{"spec":{"$x":1}}']],
  [
    'kubectl get svc -o jsonpath={.spec.ports[0].nodePort}',
    ['kubectl', 'get', 'svc', '-o', 'jsonpath={.spec.ports[0].nodePort}'],
  ],
  ['echo "a b"\\ c # comment', ['echo', 'a b c']],
  ['cat ~/a', ['cat', '/h/a']],
  ['', []],
])('%s is plain', (line, words) => expect(plainWords(line, '/h')).toEqual(words));

it.each([
  'a | b',
  'a > b',
  'echo $X',
  'echo "$X"',
  'X=1 a',
  'a; b',
  'a && b',
  'echo *.yaml',
  'echo {a,b}',
  'echo "open',
  'for i in 1',
])('%s needs bash', (line) => expect(plainWords(line)).toBeUndefined());

it.each([
  ['echo "a', true],
  ['a |', true],
  ['a \\', true],
  ['cat <<EOF\nx', true],
  ['cat <<EOF\nx\nEOF', false],
  ['for i in 1 2; do echo $i', true],
  ['for i in 1 2; do echo $i; done', false],
  ['if true; then echo done', true],
  ['kubectl get svc -o jsonpath={.a}', false],
  ["echo 'it' # don't", false],
])('%s: more %s', (text, more) => expect(needsMore(text)).toBe(more));

it.each([
  ['a; b &', ['a', 'b &']],
  ['a; b; c & d; e', ['a; b', 'c &', 'd; e']],
  ['a && b & c', ['a && b &', 'c']],
  ["a ';' & b", ["a ';' &", 'b']],
  ['a; & b', undefined],
  ['a; b', undefined],
  ['(a; b) &', undefined],
  ['a 2>&1; b', undefined],
])('%s runs as %j', (line, parts) =>
  expect(backgroundParts(line)?.map(({ text, background }) => (background ? `${text} &` : text))).toEqual(parts),
);
