import { describe, expect, it } from 'vitest';
import { fieldAt, placeAt } from './place';

/** `^` is the cursor. */
const at = (text: string) => placeAt(text.replace('^', ''), text.indexOf('^'));
const says = (text: string) => {
  const place = at(text);
  return place && `${place.wanted} ${place.path.join('.')}`;
};

describe('placeAt', () => {
  it.each([
    ['^', 'key '],
    ['kind: Service\n^', 'key '],
    ['kind: Service\nsp^', 'key '],
    ['kind: Service\nspec:\n  ^\n', 'key spec'],
    ['kind: Service\nspec:\n  ^\n  ports:\n  - port: 80\n', 'key spec'],
    ['spec:\n  ports:\n  - port: 80\n    ^\n  type: NodePort\n', 'key spec.ports.0'],
    ['spec:\n  ports:\n  - port: 80\n  - ^\n', 'key spec.ports.1'],
    ['spec:\n  ports:\n  - port: 80\n  ^\n', 'key spec'],
    ['spec:\n  type: ^\n  ports: []\n', 'value spec.type'],
    ['spec:\n  type: Node^\n', 'value spec.type'],
    ['spec:\n  ports:\n  - protocol: ^', 'value spec.ports.0.protocol'],
    ['spec:\n  selector: {app: ^}', 'value spec.selector.app'],
    ['spec:\n  selector: {a^}', 'key spec.selector'],
    ['kind: Pod\n---\nkind: Service\nspec:\n  ^', 'key spec'],
  ])('%j', (text, expected) => expect(says(text)).toBe(expected));

  it.each(['# kin^', 'data:\n  a: |\n    te^', 'kind: Service # ^'])('says nothing in %j', (text) => {
    expect(says(text)).toBeUndefined();
  });

  it('knows the word, what stands beside it and the document', () => {
    const place = at('kind: Pod\n---\napiVersion: v1\nkind: Service\nspec:\n  type: NodePort\n  po^rts:\n  - port: 80\n');
    expect(place).toMatchObject({ indent: 2, colon: true, alone: false, siblings: ['type'], document: { kind: 'Service' } });
    expect(place!.to - place!.from).toBe(5);
    expect(place!.documents).toMatchObject([{ kind: 'Pod' }, { kind: 'Service', spec: { type: 'NodePort' } }]);
  });
});

describe('fieldAt', () => {
  const text = 'kind: Service\nspec:\n  ports:\n  - port: 80\n';
  it('finds the field of a key and of a value', () => {
    expect(fieldAt(text, text.indexOf('port:'))).toMatchObject({
      path: ['spec', 'ports', 0, 'port'],
      document: { kind: 'Service' },
    });
    expect(fieldAt(text, text.indexOf('80'))?.path).toEqual(['spec', 'ports', 0, 'port']);
    expect(fieldAt(text, text.indexOf('- '))).toBeUndefined();
  });
});
