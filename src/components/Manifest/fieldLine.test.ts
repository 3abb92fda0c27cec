import { describe, expect, it } from 'vitest';
import { fieldPosition, pathOf } from './fieldLine';

const text = `# first
apiVersion: v1
kind: Service
metadata: {name: a, labels: {"x/y": z}}
---
spec:
  ports:
  - name: http1
    port: 1
  - port: 2
    "nodePort": 88
  selector:
    app: test
`;
const at = (document: number, field?: string) => {
  const position = fieldPosition(text, document, field);
  return position === undefined ? undefined : text.slice(position).split('\n')[0];
};

describe('fieldPosition', () => {
  it('finds the line of a field the API named', () => {
    expect(at(1, 'spec.ports[1].nodePort')).toBe('"nodePort": 88');
    expect(at(1, 'spec.ports[0].name')).toBe('name: http1');
    expect(at(0, 'metadata.labels[x/y]')).toBe('"x/y": z}}');
  });

  it('falls back to the nearest part that is written', () => {
    expect(at(1, 'spec.ports[1].targetPort')).toBe('port: 2');
    expect(at(1, 'spec.clusterIP')).toBe('spec:');
    expect(at(1, undefined)).toBe('spec:');
    expect(at(7, 'spec')).toBeUndefined();
  });
});

describe('pathOf', () => {
  it('splits keys and indexes', () => {
    expect(pathOf('spec.ports[0].nodePort')).toEqual(['spec', 'ports', 0, 'nodePort']);
    expect(pathOf('metadata.annotations[a.b/c]')).toEqual(['metadata', 'annotations', 'a.b/c']);
  });
});
