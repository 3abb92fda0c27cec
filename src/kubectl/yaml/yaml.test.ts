import { describe, expect, it } from 'vitest';
import { parseYamlDocument } from './parse';
import { printYaml } from './print';

describe('YAML in', () => {
  it('reads scalars as YAML 1.1', () => {
    const text = 'a: n\nb: yes\nc: 0100\nd: 0o120\ne: 0x50\nf: "80"\ng: 10:30\nh: ~\ni: 1.5\nj: 2026-11-22\n';
    expect(parseYamlDocument(text)).toEqual({
      a: false,
      b: true,
      c: 64,
      d: 80,
      e: 80,
      f: '80',
      g: '10:30',
      h: null,
      i: 1.5,
      j: '2026-11-22',
    });
  });

  it('takes the last of two equal keys and follows anchors', () => {
    expect(parseYamlDocument('a: 1\na: 2\nb: &x {c: d}\ne: *x\n')).toEqual({ a: 2, b: { c: 'd' }, e: { c: 'd' } });
  });

  it.each([
    ['metadata:\n\tname: x\n', 'line 2: found character that cannot start any token'],
    ['a: b\nc: d\n e: f\n', 'line 3: mapping values are not allowed in this context'],
    ['apiVersion: v1\nkind Service\nmetadata:\n  name: x\n', "line 3: could not find expected ':'"],
    ['kind: "Service\nmetadata:\n', 'line 3: found unexpected end of stream'],
    ['foo: [bar\n', "line 1: did not find expected ',' or ']'"],
    ['spec:\n  type:NodePort\n  selector:\n    app: x\n', 'line 3: mapping values are not allowed in this context'],
    ['spec:\n  ports:\n- name: x\n    port: 80\n', 'line 2: did not find expected key'],
    ['spec:\n  a: b\n  ports:\n- name: x\n  port: 80\n  c: d\n', 'line 3: did not find expected key'],
    ['- name: a\n-name: b\n', "line 1: did not find expected '-' indicator"],
    ['a: {b: c\nd: e\n', "line 1: did not find expected ',' or '}'"],
    ['a: "\\q"\n', 'found unknown escape character'],
    ['a: |0\n', 'found an indentation indicator equal to 0'],
    ['a: @x\n', 'found character that cannot start any token'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseYamlDocument(text)).toThrow(message);
  });
});

describe('what follows the first document', () => {
  it.each([[' a: b\nc: d\n'], ['a: b\n...\nc: [\n'], ['a: b\n--- c\n']])('is left alone in %j', (text) => {
    expect(parseYamlDocument(text)).toEqual({ a: 'b' });
  });
});

describe('YAML out', () => {
  it('quotes and folds as sigs.k8s.io/yaml does', () => {
    const object = {
      y: '2',
      b: 'true',
      name: '30088-5000',
      t: '2026-11-22T08:15:08Z',
      e: '',
      s: 'a: b',
      l: ['x', { k: 1 }],
      m: {},
      n: 'x\ny\n',
    };
    expect(printYaml(object)).toBe(
      'b: "true"\ne: ""\nl:\n- x\n- k: 1\nm: {}\n"n": |\n  x\n  y\nname: 30088-5000\ns: \'a: b\'\nt: "2026-11-22T08:15:08Z"\n"y": "2"\n',
    );
  });
});
