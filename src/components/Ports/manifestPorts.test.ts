import { describe, expect, it } from 'vitest';
import { portCount, serviceDocument, withPort, writtenPort } from './manifestPorts';

const text = `kind: Deployment
metadata:
  name: test
---
kind: Service
metadata:
  name: test
spec:
  ports:
  - name: "a"
    nodePort: 30088   # chosen
    port: 30001
    targetPort: "http"
  - port: 80
  selector: {app: test}
`;

describe('the numbers of a manifest', () => {
  it('are found in the document of the Service', () => {
    expect(serviceDocument(text, 'test')).toBe(1);
    expect(serviceDocument(text, 'other')).toBeUndefined();
    expect(portCount(text, 1)).toBe(2);
    expect((['nodePort', 'port', 'targetPort'] as const).map((key) => writtenPort(text, 1, 0, key))).toEqual([
      '30088',
      '30001',
      'http',
    ]);
    expect(writtenPort(text, 1, 1, 'nodePort')).toBeUndefined();
  });

  it('change alone', () => {
    expect(withPort(text, 1, 0, 'nodePort', '30099')).toBe(text.replace('30088', '30099'));
    expect(withPort(text, 1, 0, 'targetPort', '5001')).toBe(text.replace('"http"', '5001'));
    expect(withPort(text, 1, 0, 'nodePort', '')).toBe(text.replace('    nodePort: 30088   # chosen\n', ''));
  });

  it('are written in where they were left out', () => {
    expect(withPort(text, 1, 1, 'nodePort', '30090')).toBe(text.replace('  - port: 80', '  - nodePort: 30090\n    port: 80'));
    const flow = 'kind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n';
    expect(withPort(flow, 0, 0, 'nodePort', '30090')).toBe(flow.replace('{port: 80}', '{nodePort: 30090, port: 80}'));
  });
});
